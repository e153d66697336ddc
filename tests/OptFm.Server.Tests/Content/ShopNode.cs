using Microsoft.Extensions.Logging;
using OptFm.Server.Content;
using OptFm.Server.Faq;
using OptFm.Server.Products;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;
using OptFm.Server.Tests.Faq;
using OptFm.Server.Tests.Operations;

namespace OptFm.Server.Tests.Content;

/// <summary>What a node answers from, on a database that others share: its own connections, files and log.</summary>
internal sealed class ShopNode : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;

    private ShopNode(ShopFolder shop, Database database, SharedContent shared, FaqLibrary faq, PriceLibrary price, NodeLog log) =>
        (Shop, Database, Shared, Faq, Price, Log) = (shop, database, shared, faq, price, log);

    public ShopFolder Shop { get; }

    public Database Database { get; }

    public SharedContent Shared { get; }

    public FaqLibrary Faq { get; }

    public PriceLibrary Price { get; }

    public NodeLog Log { get; }

    public string Answer => Faq.Faq.Entries[0].Answer;

    /// <param name="clock">Of its own looking; null for the system's.</param>
    public static async Task<ShopNode> OpenAsync(PostgresOptions options, ShopFolder shop, FaqOptions? faqOptions = null, TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        var log = new NodeLog();
        var database = PostgresDatabase.Open(options, TimeProvider.System);
        var shared = new SharedContent(database, clock, log);
        var faq = await FaqLibrary.OpenAsync(faqOptions ?? shop.Options, log, clock, CancellationToken.None, shared);
        var price = await PriceLibrary.OpenAsync(shop.Price, log, clock, CancellationToken.None, shared);
        var node = new ShopNode(shop, database, shared, faq.Value.ShouldNotBeNull(string.Join('\n', faq.Problems.Select(p => p.InEnglish))), price, log);
        return node;
    }

    /// <param name="hearing">Whether notices reach it.</param>
    public ShopNode Running(bool hearing = true)
    {
        if (hearing) Database.Woken = (topic, _) => Wake(topic);
        _watching = Task.WhenAll(Faq.WatchAsync(_stop.Token), Price.WatchAsync(_stop.Token), Shared.RunAsync(_stop.Token));
        return this;
    }

    /// <summary>Reads its files at once.</summary>
    public Task ReloadAsync() => Task.WhenAll(Faq.ReloadAsync(CancellationToken.None), Price.ReloadAsync(CancellationToken.None));

    public Task UntilAnswersAsync(string answer) => Wait.Until(() => Answer == answer);

    public List<ContentVersion> Versions(string name) => Database.Read(session => ContentStore.Versions(session, name, 100));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _watching;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }

        Faq.Dispose();
        Price.Dispose();
        Shared.Dispose();
        Database.Dispose();
        _stop.Dispose();
    }

    private void Wake(string topic)
    {
        if (topic == SharedContent.Topic) Shared.Wake();
    }

    /// <summary>Keeps what is logged, on whatever thread.</summary>
    internal sealed class NodeLog : ILogger
    {
        private readonly Lock _guard = new();
        private readonly List<string> _told = [];

        public List<string> Told
        {
            get
            {
                lock (_guard) return [.. _told];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_guard) _told.Add(formatter(state, exception));
        }
    }
}
