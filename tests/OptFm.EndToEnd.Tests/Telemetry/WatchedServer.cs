using System.Net;
using OptFm.EndToEnd.Tests.Faults;
using OptFm.Sandbox;
using OptFm.Server.Backups;

namespace OptFm.EndToEnd.Tests.Telemetry;

/// <summary>The real server with a fake MAX, and somebody who writes to it.</summary>
internal sealed class WatchedServer : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private int _updates;

    private WatchedServer(SandboxServer sandbox, RealServer server) => (Sandbox, Server) = (sandbox, server);

    public SandboxServer Sandbox { get; }

    public RealServer Server { get; }

    public static async Task<WatchedServer> StartAsync(params (string Name, string Value)[] more)
    {
        var sandbox = await SandboxServer.StartAsync(FaultSettings.Sandbox(seed: 1));
        var settings = FaultSettings.Compat(sandbox);
        foreach (var (name, value) in more) settings[name] = value;
        return new(sandbox, await RealServer.StartAsync(settings));
    }

    /// <summary>Delivers a customer's message as MAX does.</summary>
    /// <returns>The update, to be repeated perhaps.</returns>
    public async Task<byte[]> SaysAsync(string text, string chat = "77")
    {
        var update = Crowd.Update(chat, Interlocked.Increment(ref _updates), text);
        (await DeliverAsync(update)).ShouldBe(HttpStatusCode.OK);
        return update;
    }

    public async Task<HttpStatusCode> DeliverAsync(byte[] update, string? secret = null)
    {
        using var request = Crowd.Request(Server.BaseAddress, update);
        if (secret is not null)
        {
            request.Headers.Remove("X-Max-Bot-Api-Secret");
            request.Headers.Add("X-Max-Bot-Api-Secret", secret);
        }

        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Delivers a message and waits until the messenger has the reply.</summary>
    public async Task AsksAsync(string text, string chat = "77")
    {
        var before = Sandbox.Log.Sent.Count;
        await SaysAsync(text, chat);
        await Sandbox.Log.Sent.WaitForCountAsync(before + 1, TimeSpan.FromSeconds(60));
    }

    /// <summary>Leaves the journal of a backup that failed and of one that was good afterwards, as <c>optfm backup</c> does.</summary>
    public void IsBackedUp()
    {
        var data = Path.Combine(Server.Folder, "var");
        var now = TimeProvider.System.GetUtcNow();
        BackupJournal.Note(data, new BackupFailure(now.AddMinutes(-1), "the disk was full"));
        BackupJournal.Note(data, new BackupSuccess(now, "/var/backups/optfm/a.tar.gz", 4096));
    }

    public Task<string> MetricsAsync() => Server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    /// <summary>Scrapes until a line is there.</summary>
    public Task<string> MetricsWithAsync(string line) => MetricsWithAsync(line, shown => shown == line);

    /// <summary>Scrapes until a line begins so.</summary>
    public Task<string> MetricsWithAnyAsync(string beginning) => MetricsWithAsync(beginning, shown => shown.StartsWith(beginning, StringComparison.Ordinal));

    private async Task<string> MetricsWithAsync(string line, Predicate<string> fits)
    {
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (true)
        {
            var text = await MetricsAsync();
            if (Array.Exists(text.Split('\n'), fits)) return text;
            if (guard.IsCancellationRequested) throw new TimeoutException($"There is no line '{line}' in:\n{text}");
            await pause.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
        await Sandbox.DisposeAsync();
    }
}
