using System.Data.Common;
using System.Globalization;
using Npgsql;
using OptFm.Server.Backups.Postgres;
using OptFm.Server.Settings;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Updates;

/// <summary>
/// A server's database when the old version was put back. It is other nodes' too, so it is never taken back: the old version goes on with it
/// as it is, or, where the new one has changed its schema, the administrator decides.
/// </summary>
internal static class SharedDatabase
{
    /// <returns>Whether this version can use it, and what to say.</returns>
    public static (bool Usable, Words Words) Look(PostgresOptions server)
    {
        try
        {
            var schema = Schema(server);
            if (schema > Migrator.KnownSchema) return (false, Changed(server.Place, schema));
            return (true, ("The database stays as it is.", "База данных остаётся как есть."));
        }
        catch (StoreException e)
        {
            // The program is put back all the same, and tells when it starts.
            return (true, ($"The database cannot be asked now: {e.Message}", $"База данных сейчас не отвечает: {e.InRussian}"));
        }
    }

    private static int Schema(PostgresOptions server)
    {
        using var connection = Link.Open(server, "optfm update");
        try
        {
            using var command = new NpgsqlCommand($"SELECT max(version) FROM {OwnTables.Schema}", connection);
            return command.ExecuteScalar() is int version ? version : 0;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return 0;
        }
        catch (DbException e)
        {
            throw PostgresProblem.Of(e, server.Place);
        }
    }

    private static Words Changed(string place, int schema)
    {
        var (found, known) = (schema.ToString(CultureInfo.InvariantCulture), Migrator.KnownSchema.ToString(CultureInfo.InvariantCulture));
        return (
            $"the new version has brought {place} to schema {found}, and this one knows {known}: it cannot start with it. Nothing is lost, and nodes of this version that still run go on. "
            + "Best: install the newer version again, mended. To go back altogether, without what came since: stop all nodes, name an empty database in DATABASE_URL (sudo -u postgres createdb -O USER DATABASE), then sudo optfm restore --data-only with the backup of before, and start.",
            $"новая версия перевела {place} на схему {found}, а эта знает {known}: с ней она не запустится. Ничего не потеряно, а узлы этой версии, которые ещё работают, продолжают. "
            + "Лучше всего: поставить исправленную новую версию. Чтобы вернуться совсем, без того, что пришло с тех пор: остановите все узлы, укажите в DATABASE_URL пустую базу (sudo -u postgres createdb -O ПОЛЬЗОВАТЕЛЬ БАЗА), затем sudo optfm restore --data-only с копией, сделанной до обновления, и запустите.");
    }
}
