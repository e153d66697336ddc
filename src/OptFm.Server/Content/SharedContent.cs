using OptFm.Server.Faq;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Content;

/// <summary>
/// What all nodes of a database answer from. The database holds it in versions; each node looks for a new one once a second, and at once
/// when a notice comes. See docs/decisions/0012-content-in-the-database.md.
/// </summary>
public sealed class SharedContent : IDisposable
{
    /// <summary>Under which new versions are announced.</summary>
    public const string Topic = "content";

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly Database _database;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly WakeUp _news = new();
    private readonly Dictionary<string, Action> _followers = new(StringComparer.Ordinal);
    private Dictionary<string, long> _heads = new(StringComparer.Ordinal);

    /// <param name="database">One that several servers may use.</param>
    public SharedContent(Database database, TimeProvider clock, ILogger log) => (_database, _clock, _log) = (database, clock, log);

    /// <summary>Says that there may be a new version.</summary>
    public void Wake() => _news.Set();

    /// <summary>Looks for new versions until stopped. What the database does not answer is asked again a second later.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await _news.WaitAsync(Poll, _clock, stop);
            try
            {
                Tell(await Task.Run(() => _database.Read(ContentStore.Heads), stop));
            }
            catch (StoreException)
            {
                // The workers say what is wrong; answering goes on from memory.
            }
        }
    }

    public void Dispose() => _news.Dispose();

    /// <param name="read">Makes of a file's bytes what the bot uses; the last parameter is the mapping.</param>
    internal SharedFile<T> File<T>(SharedFileOptions options, Func<string, ReadOnlyMemory<byte>, byte[]?, FileReading<T>> read)
        where T : class => new(options, read, this, _database, _clock, _log);

    /// <summary>Has <paramref name="wake"/> called whenever the version in force is another.</summary>
    internal void Follow(string name, Action wake) => _followers[name] = wake;

    /// <summary>Whether the version in force may be another than <paramref name="version"/>, as far as was seen.</summary>
    internal bool HasOther(string name, long version) => Volatile.Read(ref _heads).TryGetValue(name, out var head) && head != version;

    private void Tell(Dictionary<string, long> heads)
    {
        var before = Interlocked.Exchange(ref _heads, heads);
        foreach (var (name, version) in heads)
        {
            if (before.GetValueOrDefault(name) != version && _followers.TryGetValue(name, out var wake)) wake();
        }
    }
}
