using System.Text.Json;
using System.Text.Json.Serialization;

namespace OptFm.Server.Updates;

/// <summary>How far an update has come. Written before the step is begun.</summary>
public enum UpdateStep
{
    /// <summary>All is checked and kept; nothing has been touched.</summary>
    Prepared,

    /// <summary>The service is stopped and its database copied.</summary>
    Stopping,

    /// <summary>The program's files are being replaced.</summary>
    Installing,

    /// <summary>The new version is started and watched.</summary>
    Started,

    /// <summary>The old version is being put back.</summary>
    RollingBack,
}

/// <summary>What an interrupted update is gone on with: a file that is there from before the first change until after the last.</summary>
public sealed record UpdateJournal
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter<UpdateStep>(), new JsonStringEnumConverter<PackageKind>() },
    };

    public required UpdateStep Step { get; init; }

    public required PackageKind Kind { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>The checked copy of the package.</summary>
    public required string Package { get; init; }

    /// <summary>The backup made before; for the administrator, should all else fail.</summary>
    public required string Backup { get; init; }

    /// <summary>Whether the service was healthy before: only then is it expected to be so after a rollback.</summary>
    public required bool WasWell { get; init; }

    public required bool Russian { get; init; }

    public required int WaitSeconds { get; init; }

    public required int SettleSeconds { get; init; }

    /// <summary>Whether the watch was interrupted once already: a version that takes the machine down is not given a third try.</summary>
    public bool Resumed { get; init; }

    /// <returns>Null where no update is under way.</returns>
    /// <exception cref="UpdateException">It is there and cannot be understood.</exception>
    public static UpdateJournal? Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<UpdateJournal>(File.ReadAllBytes(file), Format) : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new UpdateException(
                $"The journal of an interrupted update, {file}, cannot be read. If the bot runs well (optfm health), delete it.",
                $"Журнал прерванного обновления {file} не читается. Если бот работает (optfm health), удалите этот файл.");
        }
    }

    /// <summary>Durable once it returns, and never half there.</summary>
    public UpdateJournal Write(string file)
    {
        var next = file + ".next";
        using (var stream = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(stream, this, Format);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, file, overwrite: true);
        return this;
    }
}
