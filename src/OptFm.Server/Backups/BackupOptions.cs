using OptFm.Server.Settings;
using OptFm.Server.Storage;

namespace OptFm.Server.Backups;

/// <summary>Where backups go, for how long they stay, and for whose eyes they are.</summary>
public sealed record BackupOptions
{
    public static readonly Setting Dir = new("BACKUP_DIR", "", "path of a folder", "Where `optfm backup` puts its files. Empty: `backups` in DATA_DIR.", "Куда `optfm backup` кладёт копии. Пусто: `backups` в DATA_DIR.");
    public static readonly Setting KeepDays = new("BACKUP_KEEP_DAYS", "30", "0–36500 days, 0 = for ever", "Backups in BACKUP_DIR that are older are deleted after a new one succeeded; the newest one never.", "Копии в BACKUP_DIR старше этого срока удаляются после удачной новой; самая новая — никогда.");
    public static readonly Setting RecipientSetting = new("BACKUP_RECIPIENT", "", "age1…, a gpg key, a path of a public gpg key, or empty", "For whom backups are encrypted: only the owner of the private key opens them. Empty: not encrypted.", "Для кого шифровать копии: открыть их сможет только владелец закрытого ключа. Пусто: без шифрования.");

    public static IReadOnlyList<Setting> All { get; } = [Dir, KeepDays, RecipientSetting];

    /// <summary>DATA_DIR, absolute: here is the journal of backups, and here work under way lies.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>Null: for ever.</summary>
    public required TimeSpan? Keep { get; init; }

    /// <summary>Empty: not encrypted.</summary>
    public required string Recipient { get; init; }

    public static BackupOptions Read(SettingsReader settings)
    {
        var data = Path.GetFullPath(settings.Text(StorageOptions.DataDir));
        var days = settings.Number(KeepDays, 0, 36_500);
        var recipient = settings.Text(RecipientSetting);
        // It becomes an argument of age or gpg: never one of their options.
        if (recipient.StartsWith('-') || recipient.Any(char.IsControl))
            settings.Fail(RecipientSetting, "is neither an age recipient nor a gpg key", "— не получатель age и не ключ gpg");
        return new()
        {
            DataFolder = data,
            Folder = settings.IsSet(Dir) ? Path.GetFullPath(settings.Text(Dir)) : Path.Combine(data, "backups"),
            Keep = days == 0 ? null : TimeSpan.FromDays(days),
            Recipient = recipient,
        };
    }
}
