using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Storage.Copying;

/// <summary>A PostgreSQL database which no node serves from meanwhile.</summary>
internal sealed class PostgresEnd(PostgresOptions server, NpgsqlConnection connection)
    : CopyEnd(server.Place, connection, new PostgresSession(connection, new DatabaseFigures()))
{
    private const string ApplicationName = "optfm db copy";

    private const int MostLooks = 15;

    private const string ServerSettings = "-c statement_timeout=0 -c lock_timeout=5s -c idle_in_transaction_session_timeout=0 -c enable_seqscan=off -c jit=off -c plan_cache_mode=force_generic_plan";

    public override bool RefusesNul => true;

    /// <inheritdoc cref="CopyEnd.Open"/>
    public static PostgresEnd Open(PostgresOptions server)
    {
        var address = new NpgsqlConnectionStringBuilder(server.Configured().ConnectionString)
        {
            ApplicationName = ApplicationName,
            Pooling = false,
            CommandTimeout = 0,
            Options = ServerSettings,
        };
        var connection = new NpgsqlConnection(address.ConnectionString);
        try
        {
            connection.Open();
            CheckAlone(connection, server);
            PostgresMigrator.Migrate(connection);
            return new PostgresEnd(server, connection);
        }
        catch (Exception e) when (e is DbException or ArgumentException or IOException or TimeoutException or InvalidOperationException)
        {
            connection.Dispose();
            throw PostgresProblem.Of(e, server.Place);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Readers go on; whoever writes waits. https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES</summary>
    public override void Freeze(IReadOnlyList<CopiedTable> tables)
    {
        Session.Begin();
        Session.Write($"LOCK TABLE {string.Join(", ", tables.Select(table => table.Name))} IN SHARE MODE");
        Session.Settle();
    }

    /// <summary>A column's values travel as one array: a statement per page.</summary>
    public override void Insert(CopiedTable table, IReadOnlyList<object?[]> rows)
    {
        var arrays = string.Join(", ", table.Columns.Select((column, i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}::{TypeName(column.Type)}[]")));
        using var command = Command($"INSERT INTO {table.Name} ({table.ColumnList}) SELECT * FROM unnest({arrays})");
        for (var i = 0; i < table.Columns.Count; i++) command.Parameters.Add(Array(table.Columns[i].Type, i, rows));
        command.ExecuteNonQuery();
    }

    public override void FollowNumbers(CopiedTable table)
    {
        using var command = Command($"SELECT setval(pg_get_serial_sequence('{table.Name}', 'id'), MAX(id)) FROM {table.Name} HAVING MAX(id) IS NOT NULL");
        command.ExecuteNonQuery();
    }

    private static NpgsqlParameter Array(ParamType type, int column, IReadOnlyList<object?[]> rows) => new(string.Create(CultureInfo.InvariantCulture, $"p{column}"), NpgsqlDbType.Array | DbType(type))
    {
        Value = type switch
        {
            ParamType.Number => rows.Select(row => (long?)row[column]).ToArray(),
            ParamType.Bytes => rows.Select(row => (byte[]?)row[column]).ToArray(),
            _ => rows.Select(row => (string?)row[column]).ToArray(),
        },
    };

    private static string TypeName(ParamType type) => type switch { ParamType.Number => "bigint", ParamType.Bytes => "bytea", _ => "text" };

    private static NpgsqlDbType DbType(ParamType type) => type switch { ParamType.Number => NpgsqlDbType.Bigint, ParamType.Bytes => NpgsqlDbType.Bytea, _ => NpgsqlDbType.Text };

    /// <exception cref="StoreException">Nodes are connected, or another copy is at work.</exception>
    private static void CheckAlone(NpgsqlConnection connection, PostgresOptions server)
    {
        var sessions = "SELECT COUNT(*) = 0 FROM pg_stat_activity WHERE datname = current_database() AND application_name = @name AND pid <> pg_backend_pid()";
        if (!IsSoon(connection, sessions, server.Configured().ApplicationName!))
            throw new StoreException($"{server.Place} is in use by optfm: stop all its nodes first") { InRussian = $"с {server.Place} работает optfm: сначала остановите все его узлы" };

        if (!IsSoon(connection, "SELECT pg_try_advisory_lock(hashtext(@name))", ApplicationName))
            throw new StoreException($"another optfm db copy is at work on {server.Place}") { InRussian = $"с {server.Place} уже работает другой optfm db copy" };
    }

    /// <summary>The server notices a moment late that a process has gone.</summary>
    private static bool IsSoon(NpgsqlConnection connection, string sql, string name)
    {
        using var question = Known(sql, connection);
        using var rest = Known("SELECT pg_sleep(0.2)", connection);
        question.Parameters.Add(new("name", name));
        for (var look = 1; question.ExecuteScalar() is not true; look++)
        {
            if (look == MostLooks) return false;
            rest.ExecuteScalar();
        }

        return true;
    }

#pragma warning disable CA2100 // Every statement is a constant of this program.
    private static NpgsqlCommand Known(string sql, NpgsqlConnection connection) => new(sql, connection);
#pragma warning restore CA2100
}
