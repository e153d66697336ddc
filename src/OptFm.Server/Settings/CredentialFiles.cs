using System.Text;

namespace OptFm.Server.Settings;

/// <summary>
/// Settings handed over as files named like them, one value each: what <c>LoadCredential=MAX_API_KEY:/path</c> in a unit makes.
/// Only the service sees them, and they never show in its environment: https://systemd.io/CREDENTIALS/
/// </summary>
public sealed class CredentialFiles
{
    /// <summary>Where systemd tells the folder.</summary>
    public const string FolderVariable = "CREDENTIALS_DIRECTORY";

    private const int LargestFile = 64 * 1024;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];

    private CredentialFiles()
    {
    }

    public static CredentialFiles None { get; } = new();

    /// <summary>Without the line feed that editors leave at the end.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Files that could not be understood, named and never quoted.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <param name="folder">Empty or absent: there are no credentials. Files that are not named like a setting are somebody else's.</param>
    public static CredentialFiles Read(string folder)
    {
        if (folder.Length == 0) return None;

        var files = new CredentialFiles();
        foreach (var setting in ServerSettings.All)
        {
            var path = Path.Combine(folder, setting.Name);
            if (File.Exists(path)) files.ReadFile(setting.Name, path);
        }

        return files;
    }

    private void ReadFile(string name, string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                Fail(name, "is a credential larger than 64 KiB", "— credential больше 64 КиБ");
            else
                Keep(name, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).Trim());
        }
        catch (DecoderFallbackException)
        {
            Fail(name, "is a credential that is not UTF-8", "— credential не в кодировке UTF-8");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(name, "is a credential that cannot be read", "— credential не читается");
        }
    }

    private void Keep(string name, string value)
    {
        if (value.Contains('\n')) Fail(name, "is a credential of several lines", "— credential из нескольких строк");
        else _values[name] = value;
    }

    private void Fail(string name, string english, string russian) => _problems.Add(new(name, english, russian));
}
