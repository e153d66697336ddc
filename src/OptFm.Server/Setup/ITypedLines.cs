namespace OptFm.Server.Setup;

/// <summary>Lines that somebody types, or a test.</summary>
internal interface ITypedLines
{
    /// <param name="prompt">Shown once the typing is hidden, where it shall be: who types quickly must not be faster.</param>
    /// <param name="secret">What is typed must not show.</param>
    /// <returns>Null at the end of the input.</returns>
    Task<string?> ReadAsync(string prompt, bool secret, CancellationToken stop);
}
