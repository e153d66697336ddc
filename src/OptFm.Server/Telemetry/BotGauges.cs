using System.Diagnostics.Metrics;
using OptFm.Server.Operations;
using OptFm.Server.Storage;

namespace OptFm.Server.Telemetry;

/// <summary>Where the figures come from that are looked up rather than counted.</summary>
internal sealed record GaugeSources
{
    public required StoreFigures Store { get; init; }

    /// <summary>What the database was asked since the start.</summary>
    public required DatabaseFigures Database { get; init; }

    /// <summary>How many writes the database has refused since the start.</summary>
    public required Func<long> WriteFailures { get; init; }

    public required Func<bool> Working { get; init; }

    /// <summary>How many servers of the database live.</summary>
    public required Func<int> Nodes { get; init; }

    public required Func<int> FaqEntries { get; init; }

    public required Func<int> PriceProducts { get; init; }

    /// <summary>When each channel was last heard of.</summary>
    public required Func<IReadOnlyList<ChannelHealth>> Contacts { get; init; }

    public required TimeProvider Time { get; init; }
}

/// <summary>The figures that are looked up whenever somebody asks for them.</summary>
internal static class BotGauges
{
    public static void Add(BotMeter bot, GaugeSources from)
    {
        var meter = bot.Meter;
        meter.CreateObservableGauge("optfm.build.info", () => new Measurement<long>(1, new KeyValuePair<string, object?>("version", Health.Version)), null, "Always 1; the version is its label.");
        meter.CreateObservableGauge("optfm.workers.running", () => from.Working() ? 1 : 0, null, "1 while all workers run; a server without them cannot do its job.");
        meter.CreateObservableGauge("optfm.nodes", from.Nodes, null, "Servers of the database that live, this one included.");
        meter.CreateObservableGauge("optfm.faq.entries", from.FaqEntries, null, "Entries of the FAQ in use.");
        meter.CreateObservableGauge("optfm.price.products", from.PriceProducts, null, "Goods of the price list in use.");
        meter.CreateObservableGauge("optfm.channel.last_contact.timestamp", () => LastContacts(from), "s", "When the messenger last answered or delivered, Unix time.");
        meter.CreateObservableGauge("optfm.channel.last_update.timestamp", () => bot.LastUpdates.Select(pair => Of(pair.Key, Seconds(pair.Value))), "s", "When an update of the channel was last stored, Unix time.");
        AddStore(meter, from);
        AddQueues(meter, from);
        AddBackups(meter, from);
    }

    private static void AddStore(Meter meter, GaugeSources from)
    {
        meter.CreateObservableGauge("optfm.database.up", () => from.Store.Latest.Writable ? 1 : 0, null, "1 if a write was committed just now, within two seconds.");
        meter.CreateObservableCounter("optfm.database.write.failures", from.WriteFailures, null, "Pieces of work that the database could not store.");
        meter.CreateObservableCounter("optfm.database.statements", () => from.Database.Statements, null, "SQL statements of the message path.");
        meter.CreateObservableCounter("optfm.database.commits", () => from.Database.Transactions, null, "Transactions committed; under load many messages share one.");
        meter.CreateObservableCounter("optfm.database.round_trips", () => from.Database.RoundTrips, null, "Waits for an answer of PostgreSQL; 0 with SQLite.");
        meter.CreateObservableGauge("optfm.database.size", () => Read(from, state => state.DatabaseBytes), "By", "Size of the database: of SQLite's file, or on PostgreSQL's disk.");
        meter.CreateObservableGauge("optfm.database.wal.size", () => Read(from, state => state.LogBytes), "By", "Size of SQLite's write-ahead log; 0 with PostgreSQL.");
        meter.CreateObservableGauge("optfm.disk.free", () => Read(from, state => state.FreeBytes), "By", "Free space where the database is.");
    }

    private static void AddBackups(Meter meter, GaugeSources from)
    {
        meter.CreateObservableGauge("optfm.backup.last_success.timestamp", () => When(from.Store.Latest.Read?.Backups.LastSuccess?.Time), "s", "When the last good backup was made, Unix time.");
        meter.CreateObservableGauge("optfm.backup.last_failure.timestamp", () => When(from.Store.Latest.Read?.Backups.LastFailure?.Time), "s", "When a backup last failed, Unix time.");
    }

    private static void AddQueues(Meter meter, GaugeSources from)
    {
        meter.CreateObservableGauge("optfm.inbox.updates", () => Queues(from, (inbox, _) => inbox.Waiting), null, "Updates that wait to be answered, counted up to 10,000.");
        meter.CreateObservableGauge("optfm.inbox.oldest.age", () => Queues(from, (inbox, _) => Age(from, inbox)), "s", "For how long the oldest of them has waited; 0 when none does.");
        meter.CreateObservableGauge("optfm.outbox.replies", () => Queues(from, (_, outbox) => outbox.Waiting), null, "Replies that wait to be sent, counted up to 10,000.");
        meter.CreateObservableGauge("optfm.outbox.oldest.age", () => Queues(from, (_, outbox) => Age(from, outbox)), "s", "For how long the oldest of them has waited; 0 when none does.");
    }

    private static IEnumerable<Measurement<long>> Read(GaugeSources from, Func<ReadState, long> value) =>
        from.Store.Latest.Read is { } state ? [new(value(state))] : [];

    private static IEnumerable<Measurement<double>> Queues(GaugeSources from, Func<QueueDepth, QueueDepth, double> value) =>
        from.Store.Latest.Read?.Queues.Select(queue => Of(queue.Channel, value(queue.Inbox, queue.Outbox))) ?? [];

    private static IEnumerable<Measurement<double>> LastContacts(GaugeSources from) =>
        from.Contacts().Where(contact => contact.LastContact is not null).Select(contact => Of(contact.Name, Seconds(contact.LastContact!.Value)));

    private static double Age(GaugeSources from, QueueDepth queue) =>
        queue.Oldest is { } since ? Math.Max(0, (from.Time.GetUtcNow().ToUnixTimeMilliseconds() - since) / 1000.0) : 0;

    private static IEnumerable<Measurement<double>> When(DateTimeOffset? time) => time is { } known ? [new(Seconds(known))] : [];

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private static Measurement<double> Of(string channel, double value) => new(value, new KeyValuePair<string, object?>("channel", channel));
}
