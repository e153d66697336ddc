namespace OptFm.Server.Storage;

/// <summary>The store could not do what it was asked; nothing was half done.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The same for an administrator who reads Russian.</summary>
    public string InRussian { get; init; } = message;

    internal static StoreException Refused(Exception e) => new("the database refused to store: " + e.Message, e);
}
