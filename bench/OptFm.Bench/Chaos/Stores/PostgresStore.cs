using Npgsql;
using OptFm.Bench.Pipeline;
using OptFm.Postgres;

namespace OptFm.Bench.Chaos.Stores;

/// <summary>A primary and its synchronous standby.</summary>
internal sealed class PostgresStore : IChaosStore
{
    private const string Database = "chaos";
    private const int DiskMb = 1024;

    private PostgresStore(PostgresPair pair) => Pair = pair;

    public PostgresPair Pair { get; }

    public string Name => "postgres";

    public bool HasSmallDisk => Pair.HasSmallDisks;

    public SemaphoreSlim Busy { get; } = new(1);

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal) { ["DATABASE_URL"] = Pair.Url(Database) };

    /// <exception cref="BenchException">PostgreSQL is not installed.</exception>
    public static async Task<PostgresStore> StartAsync()
    {
        var pair = new PostgresPair(durable: true);
        if (await pair.StartAsync(DiskMb) is { } absent)
        {
            await pair.DisposeAsync();
            throw new BenchException(absent);
        }

        await pair.AskAsync($"CREATE DATABASE {Database} TEMPLATE template0");
        return new PostgresStore(pair);
    }

    public Task FillDiskAsync() => Pair.FillDiskAsync();

    public Task FreeDiskAsync() => Pair.FreeDiskAsync();

    public async Task<bool> WorksAsync()
    {
        try
        {
            return await Pair.AskAsync("SELECT NOT pg_is_in_recovery()", Database) is true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <returns>How many were ended.</returns>
    public async Task<int> TerminateAsync(int most)
    {
        var ended = await Pair.AskAsync(
            $"""
            SELECT COUNT(pg_terminate_backend(pid)) FROM (
                SELECT pid FROM pg_stat_activity WHERE datname = '{Database}' AND pid <> pg_backend_pid() ORDER BY random() LIMIT {most}) picked
            """);
        return Convert.ToInt32(ended, System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task<IReadOnlyList<string?[]>> RowsAsync(string sql)
    {
        await using var connection = await Pair.OpenAsync(Database);
        await using var command = new NpgsqlCommand(sql, connection);
        return await Rows.ReadAsync(command);
    }

    public async Task<int?> ConnectionsAsync() => Convert.ToInt32(
        await Pair.AskAsync($"SELECT COUNT(*) FROM pg_stat_activity WHERE datname = '{Database}' AND pid <> pg_backend_pid()"), System.Globalization.CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync()
    {
        Busy.Dispose();
        return Pair.DisposeAsync();
    }
}
