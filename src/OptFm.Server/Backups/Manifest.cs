using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace OptFm.Server.Backups;

/// <summary>What a backup holds: its first file, <c>manifest.json</c>.</summary>
/// <param name="Format">Of the backup; this program writes and knows <see cref="CurrentFormat"/>.</param>
/// <param name="Program">Version of the program that made it.</param>
/// <param name="Schema">Of the database.</param>
/// <param name="Rows">How many rows each table of PostgreSQL had at the moment of the copy; null for SQLite, whose file proves itself.</param>
public sealed partial record Manifest(
    int Format,
    string Program,
    int Schema,
    DateTimeOffset Time,
    IReadOnlyList<ManifestFile> Files,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, long>? Rows = null)
{
    public const int CurrentFormat = 2;
    public const string FileName = "manifest.json";

    /// <summary>The copy of SQLite's database; such a backup has <see cref="SqliteFormat"/>, so that older programs know it too.</summary>
    public const string Database = "optfm.db";

    /// <summary>The dump of PostgreSQL's database.</summary>
    public const string Dump = "optfm.dump";

    public const int SqliteFormat = 1;
    public const int PostgresFormat = 2;
    private const int MostFiles = 64;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, MaxDepth = 8 };

    /// <summary>In bytes, all files together.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>Whether it is of PostgreSQL.</summary>
    [JsonIgnore]
    public bool IsDump => Rows is not null;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="BackupException">It makes no sense, or a newer program made it.</exception>
    public static Manifest Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<Manifest>(json, Json);
            return manifest is not null && manifest.MakesSense() ? manifest : throw BackupException.Damaged(FileName);
        }
        catch (Exception e) when (e is JsonException or OverflowException)
        {
            throw BackupException.Damaged(FileName, e);
        }
    }

    private bool MakesSense()
    {
        if (Format > CurrentFormat)
        {
            throw new BackupException(
                $"The backup was made by optfm {Program}, which is newer than this one: its format {Format} is not known here. Install that version first.",
                $"Копию сделал optfm {Program}, он новее этого: формат {Format} здесь неизвестен. Сначала установите ту версию.");
        }

        return Files is { Count: > 0 and <= MostFiles }
            && Files.All(file => file is { Bytes: >= 0, Sha256: not null, From: not null, Name: not null } && PlainName().IsMatch(file.Name))
            && Files.DistinctBy(file => file.Name, StringComparer.Ordinal).Count() == Files.Count
            && Files.Any(file => file.Name == Database) != IsDump
            && Files.Any(file => file.Name == Dump) == IsDump
            && (Rows is null || Rows.Values.All(rows => rows >= 0))
            && Files.Aggregate(0L, (sum, file) => checked(sum + file.Bytes)) >= 0;
    }

    // No folder, no dot in front, nothing that a file system or a terminal could take for something else.
    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{0,60}\z", RegexOptions.NonBacktracking)]
    private static partial Regex PlainName();
}

/// <param name="Name">In the backup; tells what the file is, see <see cref="BackupSources"/>.</param>
/// <param name="From">Where it was. For the reader's eyes: where it goes back to, the settings say.</param>
/// <param name="Sha256">In hexadecimal digits, small.</param>
public sealed record ManifestFile(string Name, string From, long Bytes, string Sha256);
