using System.Security.Cryptography;

namespace OptFm.Server.Updates;

/// <summary>The package's files that an administrator may change, with the checksums of what the package brought.</summary>
internal sealed class Conffiles
{
    private readonly Dictionary<string, string> _recorded = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _recorded.Keys;

    /// <summary>Reads dpkg's <c>${Conffiles}</c>: a path, an MD5 and perhaps "obsolete" per line.</summary>
    public static Conffiles Parse(string listed)
    {
        var conffiles = new Conffiles();
        foreach (var line in listed.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is [['/', ..], _]) conffiles._recorded[words[0]] = words[1];
        }

        return conffiles;
    }

    /// <summary>
    /// Puts them into a package's tree as the package would bring them, never as the administrator changed them: dpkg takes what a package
    /// brings for the vendor's text, and would replace it at the next upgrade without asking. What cannot be had is left empty, which
    /// differs from the administrator's as well. On the disk nothing is touched either way.
    /// </summary>
    public async Task TakeAsync(string newTree, string tree, CancellationToken stop)
    {
        foreach (var (name, checksum) in _recorded)
        {
            var target = tree + name;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, await OriginalAsync(name, checksum, newTree, stop), stop);
            FileModes.Set(target, FileModes.Public);
        }
    }

    private static async Task<byte[]> OriginalAsync(string name, string checksum, string newTree, CancellationToken stop)
    {
        if (File.Exists(name) && await File.ReadAllBytesAsync(name, stop) is var own && Checksum(own) == checksum) return own;
        return File.Exists(newTree + name) ? await File.ReadAllBytesAsync(newTree + name, stop) : [];
    }

#pragma warning disable CA5351 // dpkg's own choice of a checksum; it protects nothing here.
    private static string Checksum(byte[] text) => Convert.ToHexStringLower(MD5.HashData(text));
#pragma warning restore CA5351
}
