namespace OptFm.Server.Channels;

/// <summary>Whose the addresses are that a messenger delivers to.</summary>
internal static class WebhookUrls
{
    /// <summary>Whether it is the very address that the settings name.</summary>
    public static bool IsCurrent(string known, Uri current) => known == current.AbsoluteUri || known == current.OriginalString;

    /// <summary>Ours, since it is on our host, and not the current one. Another host's subscription is somebody else's and stays.</summary>
    public static bool IsStale(string known, Uri current) => !IsCurrent(known, current) && IsOnHostOf(known, current);

    private static bool IsOnHostOf(string known, Uri current) =>
        Uri.TryCreate(known, UriKind.Absolute, out var uri) && uri.IdnHost.Equals(current.IdnHost, StringComparison.OrdinalIgnoreCase);
}
