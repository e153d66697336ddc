using Microsoft.Data.Sqlite;
using OptFm.Server.Storage;

namespace OptFm.Server.Backups;

/// <summary>What is in a database that was found whole.</summary>
/// <param name="Received">Messages of customers.</param>
/// <param name="Replies">Of the bot, all of them.</param>
/// <param name="Waiting">Replies among them that would still be sent, and messages that would still be answered.</param>
public sealed record DatabaseContents(int Schema, long Chats, long Received, long Replies, long Waiting)
{
    private const int NotFound = 0;

    /// <summary>Checks every page of a database nobody uses, and counts.</summary>
    /// <exception cref="BackupException">It is damaged, somebody else's, or newer than this program.</exception>
    public static DatabaseContents Read(string file)
    {
        try
        {
            var place = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
            using var connection = new SqliteConnection(place.ToString());
            connection.Open();
            using var session = new SqliteSession(connection);
            return Read(session);
        }
        catch (SqliteException e)
        {
            throw BackupException.Damaged($"{Path.GetFileName(file)}: {e.Message}", e);
        }
    }

    public string In(bool russian) => russian
        ? $"чатов — {Chats}, сообщений покупателей — {Received}, ответов — {Replies}, ждут ответа или отправки — {Waiting}"
        : $"{Chats} chats, {Received} messages, {Replies} replies, {Waiting} waiting to be answered or sent";

    private static DatabaseContents Read(Session session)
    {
        // The file may be anybody's: nothing in its schema may run. https://sqlite.org/security.html
        session.Execute("PRAGMA trusted_schema = OFF");
        session.Execute("PRAGMA cell_size_check = ON");
        if (session.First("PRAGMA integrity_check(1)", r => r.GetString(0)) is var found && found != "ok") throw BackupException.Damaged($"database: {found}");

        var schema = Number(session, "PRAGMA user_version");
        if (schema > Migrator.KnownSchema) throw Newer(schema);
        if (schema < 1 || Number(session, "SELECT COUNT(*) FROM sqlite_schema WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'") != NotFound)
            throw BackupException.Damaged("this is no database of optfm");

        return new(
            (int)schema,
            Number(session, "SELECT COUNT(*) FROM conversation"),
            Number(session, "SELECT COUNT(*) FROM inbox"),
            Number(session, "SELECT COUNT(*) FROM outbox"),
            Number(session, "SELECT (SELECT COUNT(*) FROM outbox WHERE state < 2) + (SELECT COUNT(*) FROM inbox WHERE state = 0)"));
    }

    private static long Number(Session session, string sql) => session.First(sql, r => r.GetInt64(0));

    internal static BackupException Newer(long schema) => new(
        $"The database in the backup has schema {schema}, made by a newer optfm; this one knows {Migrator.KnownSchema}. Install the newer version, then restore.",
        $"База в копии имеет схему {schema}, её сделал более новый optfm; этот знает {Migrator.KnownSchema}. Установите новую версию и повторите восстановление.");
}
