using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using OptFm.EndToEnd.Tests.Repository;
using OptFm.Server.Settings;

namespace OptFm.EndToEnd.Tests;

/// <summary>
/// The real executable in a process of its own, listening on a free port, its database in a temporary folder.
/// It can be killed, stopped and started again on the same folder. Disposing kills it and deletes the folder.
/// </summary>
public sealed partial class RealServer : IAsyncDisposable
{
    /// <summary>A guard against a test that hangs, not a measurement: far beyond what a loaded machine needs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> _settings;
    private ServerProcess? _process;
    private HttpClient? _client;

    private RealServer(IReadOnlyDictionary<string, string>? settings)
    {
        _settings = new(settings ?? new Dictionary<string, string>(), StringComparer.Ordinal);
    }

    /// <summary>Working folder of the server; <c>var/optfm.db</c> in it is the database unless the settings say otherwise.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("optfm-").FullName;

    /// <summary>Changes with every start: the port is the system's choice.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Speaks to the server that runs now; a restart makes a new one.</summary>
    public HttpClient Client => _client ?? throw new InvalidOperationException("The server is not running");

    public Process Process => Running.Process;

    /// <summary>Everything printed since the last start, both streams, in order of arrival.</summary>
    public IReadOnlyList<string> Lines => Running.Lines;

    /// <summary>From starting the process to its printed address.</summary>
    public TimeSpan StartedIn { get; private set; }

    private ServerProcess Running => _process ?? throw new InvalidOperationException("The server was never started");

    /// <param name="settings">Environment of the server. None of its settings are inherited from the tests' own environment.</param>
    public static async Task<RealServer> StartAsync(IReadOnlyDictionary<string, string>? settings = null, CancellationToken stop = default)
    {
        var server = new RealServer(settings);
        try
        {
            await server.StartAgainAsync(stop);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a killed or stopped server on the same folder.</summary>
    /// <exception cref="InvalidOperationException">It ended, or said nothing for a minute; the message holds what it printed.</exception>
    public async Task StartAgainAsync(CancellationToken stop = default)
    {
        var clock = Stopwatch.StartNew();
        _process = ServerProcess.Start(ServerBinary.Path, ["serve"], Folder, Environment());
        var line = await _process.WaitForLineAsync(ListeningLine().IsMatch, Patience, stop);
        StartedIn = clock.Elapsed;
        BaseAddress = new Uri(ListeningLine().Match(line).Groups["address"].Value);
        _client?.Dispose();
        _client = new HttpClient { BaseAddress = BaseAddress };
    }

    /// <summary>Waits for a printed line that fits.</summary>
    public Task<string> WaitForLineAsync(Func<string, bool> fits, CancellationToken stop = default) =>
        Running.WaitForLineAsync(fits, Patience, stop);

    /// <summary>SIGKILL: no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        Running.Process.Kill();
        await Running.Process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as systemd does it, and waits.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await Running.SignalAsync("TERM");
        using var guard = new CancellationTokenSource(Patience);
        await Running.Process.WaitForExitAsync(guard.Token);
        return Running.Process.ExitCode;
    }

    /// <param name="name">Such as <c>HUP</c>.</param>
    public Task SignalAsync(string name) => Running.SignalAsync(name);

    /// <summary>Resident memory now, in bytes.</summary>
    public long ResidentBytes()
    {
        var line = File.ReadLines($"/proc/{Process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_process is not null) await _process.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The settings given, on a free port of the loopback address; null removes a variable of the tests' own environment.</summary>
    private Dictionary<string, string?> Environment()
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var setting in ServerSettings.All) environment[setting.Name] = null;
        environment["HOST"] = "127.0.0.1";
        environment["PORT"] = "0";
        environment["OPTFM_LANG"] = "en";
        foreach (var (name, value) in _settings) environment[name] = value;
        return environment;
    }

    // "Listening on http://127.0.0.1:41234", or the same in Russian: words and an address without a path, nothing else.
    [GeneratedRegex(@"^\p{L}[\p{L} ]* (?<address>http://[^\s/]+:\d+)/?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ListeningLine();
}
