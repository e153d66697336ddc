using OptFm.Server.Settings;

namespace OptFm.Server.Backups;

/// <summary>A backup could not be made, or must not be restored: why, and what to do, in both of the administrator's languages.</summary>
public sealed class BackupException(string english, string russian, Exception? inner = null) : Exception(english, inner)
{
    public string In(AdministratorLanguage language) => language == AdministratorLanguage.Russian ? russian : Message;

    /// <summary>The bytes are not those of a whole backup.</summary>
    public static BackupException Damaged(string detail, Exception? inner = null) => new(
        $"The backup is damaged ({detail}). Nothing was restored from it; take another one.",
        $"Копия повреждена ({detail}). Из неё ничего не восстановлено; возьмите другую.",
        inner);

    /// <summary>The database is none of this program's files; what lies in DATA_DIR may be one of long ago.</summary>
    public static BackupException OfServer(string place) => new(
        $"The database is PostgreSQL ({place}), which this command does not copy. Use pg_dump and pg_restore.",
        $"База данных — PostgreSQL ({place}), её эта команда не копирует. Используйте pg_dump и pg_restore.");

    /// <summary>The system refused to read or write something.</summary>
    public static BackupException OfSystem(Exception error) => new(
        $"The system refuses: {error.Message}. Look at the disk (df -h) and at the owner and mode of what is named here; root may: sudo.",
        $"Система отказала: {error.Message}. Проверьте диск (df -h), владельца и права того, что здесь названо; root может: sudo.",
        error);
}
