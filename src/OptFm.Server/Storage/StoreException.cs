namespace OptFm.Server.Storage;

/// <summary>The store could not do what it was asked; nothing was half done.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The same for an administrator who reads Russian.</summary>
    public string InRussian { get; init; } = message;

    /// <summary>Whether it may pass by itself, without anybody's changing the settings.</summary>
    public bool MayPass { get; init; }
}
