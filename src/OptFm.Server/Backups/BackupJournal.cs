using System.Text.Json;
using System.Text.Json.Serialization;

namespace OptFm.Server.Backups;

/// <summary>How backups are, in one word.</summary>
public enum BackupCondition
{
    /// <summary>None was ever tried.</summary>
    Never,

    Fresh,

    /// <summary>The last attempt failed.</summary>
    Failed,

    /// <summary>The last good one is older than <see cref="BackupJournal.MostAge"/>.</summary>
    Old,
}

/// <summary>How the last backups went: <c>backup.json</c> in DATA_DIR. For /health, doctor and metrics.</summary>
/// <param name="LastSuccess">Null: there was none.</param>
/// <param name="LastFailure">Stays after a later success; its time tells which came last.</param>
public sealed record BackupJournal(BackupSuccess? LastSuccess, BackupFailure? LastFailure)
{
    public const string FileName = "backup.json";

    /// <summary>A daily backup with two hours' grace.</summary>
    public static readonly TimeSpan MostAge = TimeSpan.FromHours(26);

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static BackupJournal Empty { get; } = new(null, null);

    /// <summary>Whether the last attempt failed.</summary>
    [JsonIgnore]
    public bool LastFailed => LastFailure is { } failure && (LastSuccess is not { } success || failure.Time > success.Time);

    /// <returns>An empty journal where there is none, or none that can be read.</returns>
    public static BackupJournal Read(string dataDir)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupJournal>(File.ReadAllBytes(Path.Combine(dataDir, FileName)), Json) ?? Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return Empty;
        }
    }

    public BackupCondition Condition(DateTimeOffset now)
    {
        if (LastFailed) return BackupCondition.Failed;
        if (LastSuccess is not { } success) return BackupCondition.Never;
        return now - success.Time > MostAge ? BackupCondition.Old : BackupCondition.Fresh;
    }

    public static void Note(string dataDir, BackupSuccess success) => (Read(dataDir) with { LastSuccess = success }).Write(dataDir);

    public static void Note(string dataDir, BackupFailure failure) => (Read(dataDir) with { LastFailure = failure }).Write(dataDir);

    private void Write(string dataDir)
    {
        var file = Path.Combine(dataDir, FileName);
        var beside = $"{file}.{Environment.ProcessId}.new";
        try
        {
            using (var stream = FileOwner.Create(beside, FileOwner.Group))
            {
                JsonSerializer.Serialize(stream, this, Json);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, file, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}

/// <param name="File">Absolute.</param>
/// <param name="Bytes">As it lies on the disk.</param>
public sealed record BackupSuccess(DateTimeOffset Time, string File, long Bytes);

/// <param name="Problem">In the administrator's language; without secrets.</param>
public sealed record BackupFailure(DateTimeOffset Time, string Problem);
