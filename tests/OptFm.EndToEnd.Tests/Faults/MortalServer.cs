namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>A real server that dies and comes back while others keep writing to it.</summary>
internal sealed class MortalServer : IAsyncDisposable
{
    private readonly RealServer _server;
    private TaskCompletionSource<Uri> _up = New();

    private MortalServer(RealServer server)
    {
        _server = server;
        _up.SetResult(server.BaseAddress);
    }

    public RealServer Server => _server;

    /// <summary>Where it listens, once it does again.</summary>
    public Task<Uri> Up => Volatile.Read(ref _up).Task;

    public static async Task<MortalServer> StartAsync(IReadOnlyDictionary<string, string> settings) => new(await RealServer.StartAsync(settings));

    /// <summary>kill -9, then a new process on the same folder.</summary>
    /// <param name="dead">Called between the two.</param>
    public async Task KillAndStartAsync(Action dead)
    {
        Volatile.Write(ref _up, New());
        await _server.KillAsync();
        dead();
        await StartAsync();
    }

    /// <summary>SIGTERM and the wait for the end.</summary>
    public Task<int> StopAsync()
    {
        Volatile.Write(ref _up, New());
        return _server.StopAsync();
    }

    public async Task StartAsync()
    {
        await _server.StartAgainAsync();
        Volatile.Read(ref _up).SetResult(_server.BaseAddress);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static TaskCompletionSource<Uri> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
