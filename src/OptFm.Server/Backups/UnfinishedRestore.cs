using System.Text.Json;
using OptFm.Server.Operations;
using OptFm.Server.Storage;

namespace OptFm.Server.Backups;

/// <summary>Before a server starts: a restore that a power cut ended half way is undone, and one that is under way is not disturbed.</summary>
internal static class UnfinishedRestore
{
    /// <param name="isSealed">Whether the database, by the settings as they lie there now, bears the mark of this restore.</param>
    /// <returns>Whether the settings and data are other ones now than before.</returns>
    /// <exception cref="StartupException">Neither the old state nor the new one is there.</exception>
    public static bool Undo(string dataFolder, Func<string, bool> isSealed)
    {
        if (!Replacement.IsUnfinished(dataFolder)) return false;
        try
        {
            using var turn = BackupLock.Take(dataFolder);
            return Replacement.UndoUnfinished(dataFolder, isSealed);
        }
        catch (BackupException e)
        {
            throw new StartupException([(e.Message, e.In(Settings.AdministratorLanguage.Russian))], e);
        }
        catch (StoreException e)
        {
            throw new StartupException(
                [(
                    $"A restore was cut off, and only the database knows whether it was done: {e.Message}",
                    $"Восстановление оборвалось, и завершилось ли оно, знает только база: {e.InRussian}")],
                e)
            { MayPass = e.MayPass };
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
