using System.Globalization;
using Npgsql;

namespace OptFm.Server.Storage.Postgres;

/// <summary>Brings a database to this program's schema, one node at a time: all of it in one transaction, or nothing.</summary>
internal static class PostgresMigrator
{
    /// <summary>Of no meaning but to be the same in every node. https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS</summary>
    public const long Lock = 0x6F7074666D; // "optfm"

    private const int LeastVersion = 130_000;

    /// <exception cref="StoreException">The database was made by a newer program, or is not fit for this one.</exception>
    public static void Migrate(NpgsqlConnection connection)
    {
        CheckServer(connection);
        using var transaction = connection.BeginTransaction();
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock({Lock})"));
        Run(connection, "CREATE TABLE IF NOT EXISTS optfm_schema (version INTEGER NOT NULL)");
        var version = Convert.ToInt32(Ask(connection, "SELECT COALESCE(MAX(version), 0) FROM optfm_schema"), CultureInfo.InvariantCulture);
        var files = Migrator.Postgres;
        if (version > files.Count) throw Migrator.Newer(version, files.Count);
        if (version == files.Count) return;

        for (var i = version; i < files.Count; i++) Run(connection, files[i].Sql);
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM optfm_schema; INSERT INTO optfm_schema VALUES ({files.Count})"));
        transaction.Commit();
    }

    private static void CheckServer(NpgsqlConnection connection)
    {
        if (int.Parse((string)Ask(connection, "SHOW server_version_num")!, CultureInfo.InvariantCulture) < LeastVersion)
            throw new StoreException("PostgreSQL 13 or newer is needed") { InRussian = "нужен PostgreSQL 13 или новее" };
        if (!Equals(Ask(connection, "SHOW server_encoding"), "UTF8"))
            throw new StoreException("the database's encoding is not UTF8: make it anew with createdb -E UTF8 -T template0") { InRussian = "кодировка базы не UTF8: создайте её заново: createdb -E UTF8 -T template0" };
        // By hand a standby is found now and in words, instead of by the first write.
        if (Equals(Ask(connection, "SHOW transaction_read_only"), "on"))
            throw new StoreException("PostgreSQL takes no writes: this is a standby. Name all hosts in DATABASE_URL and add target_session_attrs=read-write") { InRussian = "PostgreSQL не принимает запись: это реплика. Перечислите в DATABASE_URL все серверы и добавьте target_session_attrs=read-write" };
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    private static object? Ask(NpgsqlConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        return command.ExecuteScalar();
    }

#pragma warning disable CA2100 // Every statement is a constant of this program.
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection);
#pragma warning restore CA2100
}
