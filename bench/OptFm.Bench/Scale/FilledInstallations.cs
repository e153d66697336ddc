using System.Diagnostics;
using OptFm.Bench.Pipeline;

namespace OptFm.Bench.Scale;

/// <summary>Installations whose tables know many chats, each made once.</summary>
internal sealed class FilledInstallations(Workbench bench) : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Stores = ["sqlite", "postgresql"];

    /// <summary>Until the last reply is recorded.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Store, int Chats), Installation> _made = [];

    /// <returns>With one node, warm.</returns>
    public async Task<Installation> OfAsync(string store, int chats, CancellationToken stop)
    {
        if (_made.TryGetValue((store, chats), out var made)) return made;

        var installation = store == "sqlite" ? bench.Sqlite() : await bench.PostgresAsync();
        _made.Add((store, chats), installation);
        await installation.StartAsync(1, stop);
        installation.Rehearse();
        await Task.Delay(Settling, TimeProvider.System, stop);
        await installation.StopNodesAsync();
        await FillAsync(installation, Filling.Chats(chats), $"{chats} chats", stop);
        await installation.StartAsync(1, stop);
        await bench.Load.RunAsync(installation.Addresses, LedgerOf(chats, turnsBefore: 0), bench.Options.WarmUp, stop);
        return installation;
    }

    /// <summary>Chats of the load, spread evenly over those that the tables know. Where these are too few, the rest is new.</summary>
    /// <param name="turnsBefore">How many loads the chats had before.</param>
    public Ledger LedgerOf(int chats, int turnsBefore)
    {
        var writing = bench.Load.ChatsFor(bench.Options.Updates, bench.Options.Chats);
        return new(bench.Questions, writing, Filling.FirstId, Math.Max(1, chats / writing), turnsBefore * bench.Questions.Count);
    }

    public async Task FillAsync(Installation installation, IEnumerable<string> statements, string what, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        await installation.Store.FillAsync(statements, stop);
        await bench.Progress.WriteLineAsync($"{installation.Store.Name}: filled in {what} in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var installation in _made.Values) await installation.DisposeAsync();
    }
}
