using System.Security.Cryptography;

namespace OptFm.Server.Channels.Web;

/// <summary>A file of the page.</summary>
internal sealed record WebAsset(string ContentType, byte[] Body);

/// <summary>
/// The page's files, built into the program. The hash of them all is part of their address, so that a browser may keep them for good and
/// never mixes files of two versions.
/// </summary>
internal sealed class WebAssets
{
    private const string Prefix = "OptFm.Server.Channels.Web.Page.";

    private readonly Dictionary<string, WebAsset> _files = new(StringComparer.Ordinal);

    public WebAssets()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var assembly = typeof(WebAssets).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var body = new byte[stream.Length];
            stream.ReadExactly(body);
            hash.AppendData(body);
            _files.Add(name[Prefix.Length..], new(ContentType(name), body));
        }

        Version = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    /// <summary>Hash of the contents.</summary>
    public string Version { get; }

    public WebAsset? Find(string name) => _files.GetValueOrDefault(name);

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".html" => "text/html; charset=utf-8",
        _ => throw new InvalidOperationException($"{name} is no file of a page"),
    };
}
