using System.Text.Json;
using System.Text.Json.Nodes;

namespace OptFm.Server.Doctor.Checks;

/// <summary>Whether the last backup is recent, as DATA_DIR/backup.json tells it.</summary>
internal sealed class BackupCheck : ICheck
{
    /// <summary>One missed night and a delay.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromHours(50);

    private static readonly Diagnosis Backup = new(
        "backup", Area.Machine,
        ("the last backup", "последняя резервная копия"),
        ("Without a recent copy a broken disk takes settings and customers' messages with it.", "Без свежей копии сломанный диск унесёт настройки и сообщения покупателей."),
        "sudo optfm backup && sudo systemctl enable --now optfm-backup.timer");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Backup];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        var file = Path.Combine(context.DataFolder, "backup.json");
        if (!File.Exists(file)) return context.Installed ? [Backup.Warning(("there is no backup yet", "резервных копий ещё нет"))] : [];

        return await ReadAsync(file, stop) is JsonObject journal
            ? [Judge(Time(journal, "last_success"), Time(journal, "last_failure"), context.Clock.GetUtcNow())]
            : [Backup.Unchecked(($"{file} cannot be read", $"{file} не читается"))];
    }

    private static Finding Judge(DateTimeOffset? success, DateTimeOffset? failure, DateTimeOffset now)
    {
        if (failure is { } failed && (success is null || failed > success))
            return Backup.Failure(($"the last backup failed on {failed:yyyy-MM-dd HH:mm} UTC", $"последняя копия {failed:dd.MM.yyyy HH:mm} UTC не удалась"), "sudo optfm backup; sudo journalctl -u optfm-backup -n 50");
        if (success is not { } last) return Backup.Warning(("there is no backup yet", "резервных копий ещё нет"));

        return now - last < Old
            ? Backup.Ok()
            : Backup.Warning(($"the last backup is {(int)(now - last).TotalDays} days old", $"последней копии {(int)(now - last).TotalDays} дн."));
    }

    private static async Task<JsonNode?> ReadAsync(string file, CancellationToken stop)
    {
        try
        {
            return JsonNode.Parse(await File.ReadAllTextAsync(file, stop));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset? Time(JsonObject journal, string name) =>
        journal[name] is JsonObject outcome && outcome["time"] is JsonValue time && time.TryGetValue<DateTimeOffset>(out var at) ? at : null;
}
