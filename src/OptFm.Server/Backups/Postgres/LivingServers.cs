using System.Globalization;
using Npgsql;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Backups.Postgres;

/// <summary>Keeps a restore and servers apart: none may run, and none starts, for a starting one waits for the same lock.</summary>
internal sealed class LivingServers(PostgresOptions server, TimeProvider clock)
{
    /// <summary>A server that was just stopped may be seen for a moment longer, and one that was killed until its lease ends.</summary>
    private const int MostLooks = 15;

    private const int MostLooksAtLeases = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Held until the connection closes.</summary>
    /// <exception cref="BackupException">Servers run.</exception>
    public async Task RequireNoneAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        using var pause = new PeriodicTimer(Pause, clock);
        for (var look = 1; ; look++)
        {
            var locked = await connection.AskAsync("SELECT pg_try_advisory_lock(@key)", stop, ("key", PostgresMigrator.Lock)) is true;
            var others = await CountAsync(connection, stop);
            var nodes = await NodesAsync(connection, stop) ?? 0;
            if (locked && others == 0 && nodes == 0) return;
            if (look >= (locked && others == 0 ? MostLooksAtLeases : MostLooks)) throw Busy(others);
            await pause.WaitForNextTickAsync(stop);
        }
    }

    /// <summary>Servers that note themselves in the table <c>node</c>, by the database's clock.</summary>
    /// <returns>Null where there is no such table yet.</returns>
    public static async Task<int?> NodesAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        const string Known = "SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('node') AND attname = 'until'";
        if (await connection.NumberAsync(Known, stop) == 0) return null;
        return (int)await connection.NumberAsync("SELECT count(*) FROM node WHERE until > extract(epoch FROM clock_timestamp()) * 1000", stop);
    }

    /// <summary>Sessions that call themselves as servers do.</summary>
    private async Task<int> CountAsync(NpgsqlConnection connection, CancellationToken stop) => (int)await connection.NumberAsync(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = @name",
        stop,
        ("name", server.Configured().ApplicationName ?? ""));

    private BackupException Busy(int others)
    {
        var count = others.ToString(CultureInfo.InvariantCulture);
        return new(
            $"Servers of optfm, on this machine or others, use {server.Place} ({count} connections). Stop all of them first: sudo systemctl stop optfm. Nothing was changed.",
            $"С {server.Place} работают серверы optfm на этой или других машинах (соединений: {count}). Сначала остановите их все: sudo systemctl stop optfm. Ничего не изменено.");
    }
}
