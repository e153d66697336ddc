using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OptFm.Server.Backups;

/// <summary>A consistent copy of the database while the server writes to it.</summary>
/// <remarks>
/// By VACUUM INTO: it reads one snapshot, which in WAL mode neither waits for the writer nor holds it up, and cannot be starved. SQLite's
/// backup API in steps would start anew whenever the server, another process, commits (https://sqlite.org/c3ref/backup_finish.html), and in
/// one step copies free pages too, with the words of customers that were deleted long ago.
/// </remarks>
internal static class DatabaseCopy
{
    /// <exception cref="BackupException">The database is damaged, locked or cannot be read; a half copy may be left.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static void Make(string database, string copy, CancellationToken stop)
    {
        try
        {
            var place = new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 60 };
            using var connection = new SqliteConnection(place.ToString());
            connection.Open();
            using var interrupt = stop.Register(() => raw.sqlite3_interrupt(connection.Handle));
            using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO @copy";
            command.Parameters.AddWithValue("@copy", copy);
            command.ExecuteNonQuery();
        }
        catch (SqliteException e)
        {
            stop.ThrowIfCancellationRequested();
            throw new BackupException(
                $"The database {database} cannot be copied: {e.Message}. The bot's own log tells more: journalctl -u optfm -n 50",
                $"Базу {database} не удалось скопировать: {e.Message}. Подробнее в журнале бота: journalctl -u optfm -n 50",
                e);
        }
    }
}
