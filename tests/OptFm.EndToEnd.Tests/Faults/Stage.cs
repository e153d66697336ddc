using OptFm.Sandbox;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>A server, the guide's fake messenger and customers, ready to be put through something.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Ledger _ledger = new();
    private readonly Crowd _crowd;
    private readonly Random _random;
    private IReadOnlyList<Prompt> _prompts = [];
    private int _chats;

    private Stage(SandboxServer sandbox, MortalServer server, int seed)
    {
        (Sandbox, Server, _random) = (sandbox, server, new Random(seed));
        _crowd = new Crowd(server, _ledger, [], seed);
    }

    public SandboxServer Sandbox { get; }

    public MortalServer Server { get; }

    /// <param name="more">Settings beside those of the connection.</param>
    public static async Task<Stage> OpenAsync(int seed, params (string Name, string Value)[] more)
    {
        var sandbox = await SandboxServer.StartAsync(FaultSettings.Sandbox(seed));
        var settings = FaultSettings.Compat(sandbox);
        foreach (var (name, value) in more) settings[name] = value;
        var stage = new Stage(sandbox, await MortalServer.StartAsync(settings), seed);
        stage._prompts = await Prompts.LearnAsync(sandbox.Log, (chat, question) => stage._crowd.DeliverAsync(chat, 1, question));
        sandbox.Log.Sent.OnAdded = stage._ledger.Receive;
        return stage;
    }

    /// <summary>New chats ask side by side; completes when everything is acknowledged.</summary>
    public Task AskAsync(int chats, int questions) => Task.WhenAll(Enumerable.Range(0, chats).Select(_ => AskInNewChatAsync(questions)).ToList());

    /// <summary>Looks into the server's database until it shows what is waited for.</summary>
    public async Task UntilAsync(Predicate<Stored> shows)
    {
        using var stored = Stored.Of(Server.Server);
        using var guard = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (!shows(stored)) await pause.WaitForNextTickAsync(guard.Token);
    }

    /// <summary>Waits for all replies, stops the server and closes the books.</summary>
    /// <param name="patience">A minute and a half unless told; nothing where some are known not to come.</param>
    public async Task<Account> SettleAsync(TimeSpan? patience = null)
    {
        await _ledger.AllAnsweredAsync(patience ?? Patience);
        (await Server.StopAsync()).ShouldBe(0);
        return _ledger.Settle();
    }

    public async ValueTask DisposeAsync()
    {
        _crowd.Dispose();
        await Server.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    private async Task AskInNewChatAsync(int questions)
    {
        var chat = $"{++_chats}";
        var asked = _prompts.OrderBy(_ => _random.Next()).Take(questions).ToList();
        for (var i = 0; i < asked.Count; i++)
        {
            await _crowd.DeliverAsync(chat, i + 1, asked[i].Question);
            _ledger.Promise(chat, asked[i].Reply);
        }
    }
}
