using System.Diagnostics;
using System.Globalization;

namespace OptFm.Bench.Chaos.Nodes;

/// <summary>A running server, started again whenever it ends, as systemd does it.</summary>
internal sealed class Node(string name, FileInfo server, string folder, int port, IReadOnlyDictionary<string, string?> settings, RunClock clock, Events events) : IAsyncDisposable
{
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _over = new();
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(2) };
    private TimeSpan _pause = UsualPause;
    private Process? _process;
    private Task _kept = Task.CompletedTask;
    private int _taken;
    private volatile bool _expected;

    public string Name => name;

    public Uri Address => _http.BaseAddress!;

    /// <summary>What it printed, over all its lives.</summary>
    public string Log => Path.Combine(folder, "log");

    /// <summary>How often it ended of itself.</summary>
    public int Crashes { get; private set; }

    /// <summary>Until when deliveries go to others first, since it failed.</summary>
    public TimeSpan PassedOverUntil { get; set; }

    public int ProcessId => _process!.Id;

    public void Start() => _kept = Task.Run(KeepAsync);

    /// <summary>Whether the caller has it for itself now.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    public void GiveBack() => Volatile.Write(ref _taken, 0);

    /// <summary>SIGKILL; it starts again after the pause.</summary>
    public void Kill(TimeSpan pause)
    {
        (_pause, _expected) = (pause, true);
        _process!.Kill();
    }

    /// <param name="signal">Such as STOP.</param>
    public Task SignalAsync(string signal) => Shell.TryAsync("kill", $"-{signal}", ProcessId.ToString(CultureInfo.InvariantCulture));

    /// <summary>SIGTERM, and SIGKILL when systemd would lose its patience; it starts again after the pause.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync(TimeSpan pause)
    {
        var process = _process!;
        (_pause, _expected) = (pause, true);
        await SignalAsync("TERM");
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(15), clock.Time);
        }
        catch (TimeoutException)
        {
            events.Add("slow_stop", name);
            process.Kill();
            await process.WaitForExitAsync();
        }

        return process.ExitCode;
    }

    /// <summary>Ends it for good.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await _over.CancelAsync();
        var code = await TerminateAsync(UsualPause);
        await _kept;
        return code;
    }

    public async Task<bool> IsLiveAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("/health/live", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Waits until it lives. On a busy machine, or with a full disk, that may take long: it is noted and no reason to stop the run.</summary>
    public async Task UntilLiveAsync(CancellationToken stop)
    {
        for (var until = clock.Now + Patience; !await IsLiveAsync();)
        {
            if (clock.Now > until)
            {
                events.Add("slow_start", name);
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), clock.Time, stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_over.IsCancellationRequested) await _over.CancelAsync();
        if (_process is { HasExited: false } process) process.Kill();
        await _kept;
        _process?.Dispose();
        _http.Dispose();
        _over.Dispose();
    }

    private async Task KeepAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            var process = Begin();
            await process.WaitForExitAsync();
            if (!_expected && !_over.IsCancellationRequested)
            {
                Crashes++;
                events.Add("ended_of_itself", $"{name}, exit code {process.ExitCode}");
            }

            var pause = _pause;
            (_pause, _expected) = (UsualPause, false);
            await Task.WhenAny(Task.Delay(pause, clock.Time, _over.Token));
        }
    }

    private Process Begin()
    {
        Directory.CreateDirectory(folder);
        // The shell becomes the server, whose output goes to a file without passing through here.
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$0\" serve >> log 2>&1", server.FullName]) { WorkingDirectory = folder, UseShellExecute = false };
        start.Environment.Clear();
        foreach (var (setting, value) in settings) start.Environment[setting] = value;
        var process = Process.Start(start)!;
        _process = process;
        return process;
    }
}
