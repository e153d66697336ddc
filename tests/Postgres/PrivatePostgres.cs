using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace OptFm.Postgres;

/// <summary>
/// A PostgreSQL of this process's own, from Debian's package: a cluster in a temporary folder, reached through a socket there, started when
/// first asked for. It ends with this process however that ends: the shell that runs it waits for the end of its own input.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    internal const string Absent = "PostgreSQL is not installed: apt-get install postgresql";

    private const string User = "optfm";
    private const string Password = "of the tests";

    /// <summary>
    /// initdb refuses to run as root, and the server as anybody but the owner of the data. The shell has a session of its own, so that
    /// what kills this process leaves it: it sees its input closed, stops the server and removes the folder.
    /// </summary>
    private const string Script =
        """
        set -eu
        folder=$1 bin=$2 fsync=$3
        as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; else "$@"; fi; }
        tidy() {
            as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
            cd /
            rm -rf "$folder"
        }
        trap '' INT TERM HUP PIPE
        trap tidy EXIT
        if [ "$(id -u)" = 0 ]; then chown postgres: "$folder"; fi
        cd "$folder"
        as "$bin/initdb" -D "$folder/data" -U optfm -A scram-sha-256 --pwfile=password -E UTF8 --locale=C.UTF-8 --no-sync >log 2>&1 || { cat log; exit 1; }
        as "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/log" -w -t 60 -o "-k $folder -c listen_addresses= -c fsync=$fsync -c max_connections=300 -c shared_buffers=64MB" start >>log 2>&1 || { cat log data/log; exit 1; }
        echo ready
        while read -r order; do
            case $order in
                immediate) as "$bin/pg_ctl" -D data -m immediate -w stop >>log 2>&1 || true ;;
                start) as "$bin/pg_ctl" -D data -l data/log -w -t 60 -o "-k $folder -c listen_addresses= -c fsync=$fsync -c max_connections=300 -c shared_buffers=64MB" start >>log 2>&1 || true ;;
            esac
            echo "done"
        done
        """;

    private readonly Lazy<Task<string?>> _starting;
    private readonly bool _durable;
    private Process? _shell;
    private int _databases;

    /// <param name="durable">Whether every commit is on the disk, which costs time.</param>
    public PrivatePostgres(bool durable)
    {
        _durable = durable;
        _starting = new(StartAsync);
    }

    private string Folder { get; } = Path.Combine(Path.GetTempPath(), $"optfm-pg-{Guid.NewGuid():N}");

    /// <summary>Starts it, if that has not happened yet.</summary>
    /// <returns>Why there is none; null when it runs.</returns>
    public Task<string?> StartedAsync() => _starting.Value;

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its DATABASE_URL.</returns>
    public async Task<string> DatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await AskAsync($"CREATE DATABASE {name} TEMPLATE template0");
        return Url(name);
    }

    /// <summary>Runs a statement as the server's owner.</summary>
    public async Task<object?> AskAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(Address(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>As a power cut would: no connection is told, nothing is written.</summary>
    public Task StopAtOnceAsync() => OrderAsync("immediate");

    public Task StartAgainAsync() => OrderAsync("start");

    public async ValueTask DisposeAsync()
    {
        if (_shell is null) return;

        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    public string Url(string database, string? password = null) =>
        $"postgresql://{User}:{Uri.EscapeDataString(password ?? Password)}@{Uri.EscapeDataString(Folder)}/{database}";

    /// <summary>How Npgsql reaches a database of it.</summary>
    public string Address(string database) =>
        new NpgsqlConnectionStringBuilder { Host = Folder, Username = User, Password = Password, Database = database, Pooling = false }.ConnectionString;

    internal static string? Binaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max(StringComparer.Ordinal)
        : null;

    private async Task<string?> StartAsync()
    {
        if (Binaries() is not { } binaries) return Absent;

        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, "password"), Password);
        _shell = new Process
        {
            StartInfo = new("setsid", ["sh", "-c", Script, "sh", Folder, binaries, _durable ? "on" : "off"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            },
        };
        _shell.Start();
        var first = await _shell.StandardOutput.ReadLineAsync();
        return first == "ready" ? null : throw new InvalidOperationException($"PostgreSQL did not start: {first}\n{await _shell.StandardOutput.ReadToEndAsync()}");
    }

    private async Task OrderAsync(string order)
    {
        await _shell!.StandardInput.WriteLineAsync(order);
        await _shell.StandardInput.FlushAsync();
        if (await _shell.StandardOutput.ReadLineAsync() != "done") throw new InvalidOperationException($"PostgreSQL did not carry out '{order}'");
    }
}
