using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace OptFm.Server.Storage.Postgres;

/// <summary>Brings a database to this program's schema, one node at a time, while nodes of the version before go on working.</summary>
internal static class PostgresMigrator
{
    /// <summary>Of no meaning but to be the same in every node. https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS</summary>
    public const long Lock = 0x6F7074666D; // "optfm"

    private const int LeastVersion = 130_000;

    /// <summary>Whoever waits for a table keeps all who come after waiting, too: so not for longer than this at a time.</summary>
    private const string LockTimeout = "2s";

    private const int MostAttempts = 30;

    /// <exception cref="StoreException">The database was made by a newer program, or is not fit for this one.</exception>
    public static void Migrate(NpgsqlConnection connection) => Migrate(connection, Migrator.Postgres);

    /// <summary>A failure leaves the connection as it was then: it is not to be used again.</summary>
    /// <inheritdoc cref="Migrate(NpgsqlConnection)"/>
    internal static void Migrate(NpgsqlConnection connection, IReadOnlyList<Migration> files)
    {
        CheckServer(connection);
        if (Schema(connection) == files.Count) return;

        TakeTurn(connection);
        Run(connection, "SET statement_timeout = 0; CREATE TABLE IF NOT EXISTS optfm_schema (version INTEGER NOT NULL)");
        var version = Schema(connection);
        if (version > files.Count) throw Migrator.Newer(version, files.Count);

        for (var i = version; i < files.Count; i++) Step(connection, files[i], i + 1);
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"RESET statement_timeout; SELECT pg_advisory_unlock({Lock})"));
    }

    /// <returns>How many migrations the database has seen.</returns>
    /// <exception cref="StoreException">It cannot be reached.</exception>
    internal static int SchemaOf(PostgresOptions server)
    {
        try
        {
            using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.Configured().ConnectionString) { Pooling = false }.ConnectionString);
            connection.Open();
            CheckServer(connection);
            return Schema(connection);
        }
        catch (Exception e) when (e is DbException or ArgumentException or IOException or TimeoutException or InvalidOperationException)
        {
            throw PostgresProblem.Of(e, server.Place);
        }
    }

    private static int Schema(NpgsqlConnection connection) => Ask(connection, "SELECT to_regclass('optfm_schema')::text") is string
        ? Convert.ToInt32(Ask(connection, "SELECT COALESCE(MAX(version), 0) FROM optfm_schema"), CultureInfo.InvariantCulture)
        : 0;

    /// <summary>Asks again and again: whoever waited within one long statement would be waited for by CREATE INDEX CONCURRENTLY.</summary>
    private static void TakeTurn(NpgsqlConnection connection)
    {
        while (!Equals(Ask(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_try_advisory_lock({Lock})")), true)) Rest(connection, "0.1");
    }

    private static void Step(NpgsqlConnection connection, Migration file, int version)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (file.OutsideTransaction) RunApart(connection, file, version);
                else RunTogether(connection, file, version);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                if (attempt == MostAttempts) throw Busy(file, e);
                Rest(connection, "1");
            }
        }
    }

    private static void RunTogether(NpgsqlConnection connection, Migration file, int version)
    {
        using var transaction = connection.BeginTransaction();
        Run(connection, $"SET LOCAL lock_timeout = '{LockTimeout}'");
        Run(connection, file.Sql);
        Record(connection, version);
        transaction.Commit();
    }

    private static void RunApart(NpgsqlConnection connection, Migration file, int version)
    {
        // It waits for transactions without keeping others waiting.
        Run(connection, "SET lock_timeout = 0");
        foreach (var statement in file.Statements) Run(connection, statement.Sql);
        Run(connection, "RESET lock_timeout");
        Record(connection, version);
    }

    /// <summary>Sent as one, the statements share a transaction.</summary>
    private static void Record(NpgsqlConnection connection, int version) =>
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM optfm_schema; INSERT INTO optfm_schema VALUES ({version})"));

    private static StoreException Busy(Migration file, PostgresException e) => new(
        $"{file.Name} must lock a table that something else holds (a backup, psql?); all before it is done. Try again later", e)
    {
        InRussian = $"{file.Name} должна занять таблицу, а её держит что-то другое (резервная копия, psql?); всё до неё сделано. Повторите позже",
        MayPass = true,
    };

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

    private static void Rest(NpgsqlConnection connection, string seconds) => Ask(connection, $"SELECT pg_sleep({seconds})");

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
