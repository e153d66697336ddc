using Npgsql;
using OptFm.Server.Backups.Postgres;

namespace OptFm.Server.Doctor.Checks;

/// <summary>What a PostgreSQL server says of itself at one moment.</summary>
/// <param name="Encrypted">This connection, by TLS.</param>
/// <param name="Local">Whether it leaves this machine.</param>
/// <param name="Usable">Connections for ordinary users.</param>
/// <param name="Used">Connections of everybody, of all databases.</param>
/// <param name="Bytes">Size of the database on the server's disk.</param>
/// <param name="Ahead">How far this machine's clock is ahead.</param>
/// <param name="Longest">For how long the oldest open transaction has been open.</param>
/// <param name="Dead">Rows that were replaced or deleted and still take room.</param>
/// <param name="Live">Rows.</param>
/// <param name="Schema">0 where the first start has not made it yet.</param>
/// <param name="Nodes">Living servers, where they note themselves; else 1.</param>
internal sealed record PostgresFacts(
    string Version,
    bool ReadOnly,
    bool Encrypted,
    bool Local,
    int Usable,
    int Used,
    long Bytes,
    TimeSpan Ahead,
    TimeSpan Longest,
    long Dead,
    long Live,
    int Schema,
    int Nodes)
{
    private const string Query =
        """
        SELECT current_setting('server_version'), current_setting('transaction_read_only') = 'on',
            COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),
            current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
            (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend' OR backend_type IS NULL),
            pg_database_size(current_database()), clock_timestamp(),
            COALESCE((SELECT max(extract(epoch FROM clock_timestamp() - xact_start))::float8 FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> @backup), 0),
            COALESCE((SELECT sum(n_dead_tup)::int8 FROM pg_stat_user_tables), 0), COALESCE((SELECT sum(n_live_tup)::int8 FROM pg_stat_user_tables), 0)
        """;

    public static async Task<PostgresFacts> AskAsync(NpgsqlConnection connection, TimeProvider clock, CancellationToken stop)
    {
        var schema = await PostgresStored.SchemaOrNoneAsync(connection, stop);
        var nodes = await NodesAsync(connection, stop);
        await using var command = new NpgsqlCommand(Query, connection);
        command.Parameters.AddWithValue("backup", Link.BackupName);
        var asked = clock.GetUtcNow();
        await using var reader = await command.ExecuteReaderAsync(stop);
        await reader.ReadAsync(stop);
        var answered = clock.GetUtcNow();
        var host = connection.Host ?? "";
        return new(
            reader.GetString(0).Split(' ')[0],
            reader.GetBoolean(1),
            reader.GetBoolean(2),
            host.StartsWith('/') || host is "localhost" || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address)),
            reader.GetInt32(3),
            reader.GetInt32(4),
            reader.GetInt64(5),
            asked + ((answered - asked) / 2) - new DateTimeOffset(reader.GetDateTime(6).ToUniversalTime(), TimeSpan.Zero),
            TimeSpan.FromSeconds(reader.GetDouble(7)),
            reader.GetInt64(8),
            reader.GetInt64(9),
            schema,
            nodes);
    }

    private static async Task<int> NodesAsync(NpgsqlConnection connection, CancellationToken stop) =>
        await LivingServers.NodesAsync(connection, stop) is { } nodes and > 0 ? nodes : 1;
}
