using System.Text.Json;
using OptFm.Server.Operations;

namespace OptFm.Server.Backups;

/// <summary>Before a server starts: a restore that a power cut ended half way is undone, and one that is under way is not disturbed.</summary>
internal static class UnfinishedRestore
{
    /// <returns>Whether the settings and data are other ones now than before.</returns>
    /// <exception cref="StartupException">Neither the old state nor the new one is there.</exception>
    public static bool Undo(string dataFolder)
    {
        if (!Replacement.IsUnfinished(dataFolder)) return false;
        try
        {
            using var turn = BackupLock.Take(dataFolder);
            return Replacement.UndoUnfinished(dataFolder);
        }
        catch (BackupException e)
        {
            throw new StartupException([(e.Message, e.In(Settings.AdministratorLanguage.Russian))], e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new StartupException(
                [(
                    $"A restore was cut off and cannot be undone by this user ({e.Message}). Run it again: sudo optfm restore FILE. What was there before is in {dataFolder}/before-restore-…",
                    $"Восстановление оборвалось, и этот пользователь не может его отменить ({e.Message}). Повторите: sudo optfm restore ФАЙЛ. Прежнее лежит в {dataFolder}/before-restore-…")],
                e);
        }
    }
}
