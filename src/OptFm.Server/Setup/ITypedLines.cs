namespace OptFm.Server.Setup;

/// <summary>Lines that somebody types, or a test.</summary>
internal interface ITypedLines
{
    /// <param name="secret">What is typed must not show.</param>
    /// <returns>Null at the end of the input.</returns>
    Task<string?> ReadAsync(bool secret, CancellationToken stop);
}
