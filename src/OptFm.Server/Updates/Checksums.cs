using System.Security.Cryptography;

namespace OptFm.Server.Updates;

/// <summary>What <c>sha256sum</c> writes and checks.</summary>
public static class Checksums
{
    private const int HexDigits = 64;
    private const long LargestList = 1024 * 1024;

    /// <returns>The file's SHA-256 in lower-case hexadecimal.</returns>
    public static async Task<string> OfFileAsync(string file, CancellationToken stop)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, stop));
    }

    /// <returns>The checksum that a list such as SHA256SUMS gives for a file's name, in lower case; null where it gives none.</returns>
    public static async Task<string?> InListAsync(string list, string name, CancellationToken stop) =>
        new FileInfo(list).Length > LargestList ? null : Find(await File.ReadAllTextAsync(list, stop), name);

    /// <summary>The format: 64 hexadecimal digits, a space, a space or an asterisk, the name. https://www.gnu.org/software/coreutils/manual/html_node/md5sum-invocation.html</summary>
    public static string? Find(string list, string name) =>
        list.Split('\n')
            .Select(line => line.TrimEnd('\r'))
            .Where(line => line.Length > HexDigits + 2 && line[HexDigits] == ' ' && line[HexDigits + 1] is ' ' or '*')
            .Where(line => Path.GetFileName(line[(HexDigits + 2)..]) == name && IsChecksum(line[..HexDigits]))
            .Select(line => line[..HexDigits].ToLowerInvariant())
            .FirstOrDefault();

    public static bool IsChecksum(string text) => text.Length == HexDigits && text.All(char.IsAsciiHexDigit);
}
