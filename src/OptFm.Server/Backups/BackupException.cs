using OptFm.Server.Settings;
using OptFm.Server.Storage;

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

    /// <summary>The database server cannot be used.</summary>
    public static BackupException OfServer(StoreException error) => new($"{error.Message}. Nothing was changed.", $"{error.InRussian}. Ничего не изменено.", error);

    /// <summary>The system refused to read or write something.</summary>
    public static BackupException OfSystem(Exception error) => new(
        $"The system refuses: {error.Message}. Look at the disk (df -h) and at the owner and mode of what is named here; root may: sudo.",
        $"Система отказала: {error.Message}. Проверьте диск (df -h), владельца и права того, что здесь названо; root может: sudo.",
        error);
}
