using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace OptFm.Postgres;

/// <summary>
/// Two PostgreSQL servers of this process's own on loopback ports: a primary, and a synchronous standby that can be promoted as often as one
/// likes, since a new one is then made from the new primary. They end with this process however that ends, as <see cref="PrivatePostgres"/> does.
/// Its calls come one at a time.
/// </summary>
internal sealed class PostgresPair : IAsyncDisposable
{
    private const string User = "optfm";
    private const string Password = "of-the-tests";

    /// <summary>Carries out one line after the other; at the end of its input it stops both servers and removes everything.</summary>
    private const string Script =
        """
        set -u
        folder=$1 bin=$2 options=$3
        as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; else "$@"; fi; }
        own() { if [ "$(id -u)" = 0 ]; then chown postgres: "$1"; fi; }
        kill_all() {
            pid=$(head -n 1 "$1/data/postmaster.pid") || return 0
            # The children as well, and at once: as if the machine were gone.
            kill -9 "$pid" $(cat "/proc/$pid/task/$pid/children") || true
            rm -f "$1/data/postmaster.pid"
        }
        make() { as "$bin/initdb" -D "$1/data" -U optfm -A scram-sha-256 --pwfile=password -E UTF8 --locale=C.UTF-8 --no-sync; }
        start() { as "$bin/pg_ctl" -D "$1/data" -l "$1.log" -w -t 60 -o "-p $2 $options" start; }
        stop() { as "$bin/pg_ctl" -D "$1/data" -m immediate -w stop; }
        runs() { as "$bin/pg_ctl" -D "$1/data" status; }
        promote() { as "$bin/pg_ctl" -D "$1/data" -w -t 60 promote; }
        copy() {
            rm -rf "$1/data"
            PGPASSWORD=$(cat password) as "$bin/pg_basebackup" -h 127.0.0.1 -p "$2" -U optfm -D "$1/data" -X stream -c fast -R --no-sync
        }
        mount_small() { mount -t tmpfs -o "size=$2m" optfm-pg "$1" && own "$1"; }
        tidy() {
            for side in a b; do
                stop "$side" >/dev/null 2>&1 || true
                umount -l "$side" 2>/dev/null || true
            done
            cd /
            rm -rf "$folder"
        }
        cd "$folder" || exit 1
        trap '' INT TERM HUP PIPE
        trap tidy EXIT
        own .
        mkdir a b && own a && own b
        echo ready
        while read -r order; do
            eval "$order" >>orders.log 2>&1 </dev/null
            echo "$?"
        done
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly int[] _ports = [LoopbackPort.Free(), LoopbackPort.Free()];
    private readonly string _options;
    private Process? _shell;
    private int _primary;

    /// <param name="durable">Whether every commit is on the disk, which costs time. Neither a kill nor an immediate stop needs it.</param>
    public PostgresPair(bool durable) => _options =
        $"-c unix_socket_directories= -c listen_addresses=127.0.0.1 -c fsync={(durable ? "on" : "off")} -c max_connections=300 -c shared_buffers=64MB "
        + "-c max_wal_size=128MB -c min_wal_size=32MB -c wal_keep_size=64MB -c wal_retrieve_retry_interval=200ms";

    /// <summary>Whether what is committed is on both, so that the primary may die.</summary>
    public bool Synchronous { get; private set; }

    private string Folder { get; } = Path.Combine(Path.GetTempPath(), $"optfm-pair-{Guid.NewGuid():N}");

    private string Primary => Side(_primary);

    private string Standby => Side(1 - _primary);

    /// <param name="diskMb">The size of a file system of its own for each, where this user may mount one; 0: none.</param>
    /// <returns>Why there is none; null when both run.</returns>
    public async Task<string?> StartAsync(int diskMb)
    {
        if (PrivatePostgres.Binaries() is not { } binaries) return PrivatePostgres.Absent;

        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, "password"), Password);
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Script, "sh", Folder, binaries, _options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        _shell = Process.Start(start)!;
        await _shell.StandardOutput.ReadLineAsync();
        HasSmallDisks = diskMb > 0 && await TryAsync($"mount_small a {diskMb} && mount_small b {diskMb}");
        await OrderAsync($"make {Primary}");
        await StartAgainAsync();
        await BuildStandbyAsync();
        return null;
    }

    /// <summary>Whether <see cref="FillDiskAsync"/> is possible.</summary>
    public bool HasSmallDisks { get; private set; }

    /// <returns>The DATABASE_URL: both servers, whichever is the primary.</returns>
    public string Url(string database) => string.Create(
        CultureInfo.InvariantCulture, $"postgresql://{User}:{Password}@127.0.0.1:{_ports[0]},127.0.0.1:{_ports[1]}/{database}?target_session_attrs=read-write");

    /// <summary>Runs a statement on the primary as its owner.</summary>
    public async Task<object?> AskAsync(string sql, string database = "postgres")
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>A connection to the primary, for whoever wants to read more than a value.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var address = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _ports[_primary], Username = User, Password = Password, Database = database, Pooling = false, Timeout = 5 };
        var connection = new NpgsqlConnection(address.ConnectionString);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The primary, as a power cut would: no connection is told, nothing is written.</summary>
    public Task StopAtOnceAsync() => OrderAsync($"stop {Primary}");

    /// <summary>Starts the primary if it does not run.</summary>
    public Task StartAgainAsync() => OrderAsync(Starting(Primary, _ports[_primary]));

    /// <summary>Kills the primary and lets the standby take its place. No standby is left: <see cref="BuildStandbyAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">Not everything that was committed is on the standby.</exception>
    public async Task FailOverAsync()
    {
        if (!Synchronous) throw new InvalidOperationException("The standby is not synchronous yet");

        Synchronous = false;
        await OrderAsync($"kill_all {Primary}");
        await OrderAsync($"promote {Standby}");
        _primary = 1 - _primary;
    }

    /// <summary>Makes a standby from the primary; when this ends, commits wait for it.</summary>
    public async Task BuildStandbyAsync()
    {
        await OrderAsync($"copy {Standby} {_ports[_primary]}");
        await OrderAsync(Starting(Standby, _ports[1 - _primary]));
        await UntilAsync("SELECT EXISTS (SELECT 1 FROM pg_stat_replication WHERE state = 'streaming')");
        // Not before: commits would wait for a standby that is still catching up, and for ever for one that never comes.
        await AskAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await AskAsync("SELECT pg_reload_conf()");
        await UntilAsync("SELECT EXISTS (SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync' AND state = 'streaming')");
        Synchronous = true;
    }

    /// <summary>Leaves no byte on the primary's file system.</summary>
    public Task FillDiskAsync() => TryAsync($"cat /dev/zero > {Primary}/ballast");

    /// <summary>Takes the ballast away, and starts the primary again if it died of it.</summary>
    public async Task FreeDiskAsync()
    {
        await OrderAsync($"rm -f {Primary}/ballast");
        await StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_shell is null) return;

        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private static string Side(int index) => index == 0 ? "a" : "b";

    private static string Starting(string side, int port) => string.Create(CultureInfo.InvariantCulture, $"runs {side} || start {side} {port} || start {side} {port}");

    private async Task UntilAsync(string condition)
    {
        using var guard = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        while (await AskAsync(condition) is not true) await pause.WaitForNextTickAsync(guard.Token);
    }

    private async Task OrderAsync(string order)
    {
        if (await TryAsync(order)) return;
        throw new InvalidOperationException($"PostgreSQL did not carry out '{order}':\n{Tail("orders.log")}\na:\n{Tail("a.log")}\nb:\n{Tail("b.log")}");
    }

    private string Tail(string log) => File.Exists(Path.Combine(Folder, log)) ? string.Join('\n', File.ReadLines(Path.Combine(Folder, log)).TakeLast(12)) : "";

    private async Task<bool> TryAsync(string order)
    {
        await _shell!.StandardInput.WriteLineAsync(order);
        await _shell.StandardInput.FlushAsync();
        return await _shell.StandardOutput.ReadLineAsync() == "0";
    }
}
