using System.Diagnostics;
using OptFm.Server.Channels;
using OptFm.Server.Nodes;
using OptFm.Server.Queue;
using OptFm.Server.Storage;
using OptFm.Server.Telemetry;

namespace OptFm.Server.Inbox;

/// <summary>What became of an update. Drawn in docs/queue-states.md; the numbers are stored.</summary>
public enum InboxState
{
    /// <summary>Waits to be handled.</summary>
    Pending = 0,

    /// <summary>Handled: its replies are in the outbox, or silence was right.</summary>
    Done = 1,

    /// <summary>Kept, with nothing to answer.</summary>
    Skipped = 2,

    /// <summary>Could not be handled in several attempts; <c>optfm inbox replay</c> tries it again.</summary>
    Failed = 3,
}

/// <summary>An update waiting in a claimed lane.</summary>
/// <param name="Trace">The trace it belongs to, see <see cref="BotTraces.Current"/>.</param>
public sealed record PendingUpdate(long Id, byte[] Body, int Attempts, long ReceivedAt, string? Trace);

/// <summary>Stores updates before they are acknowledged, each once.</summary>
/// <param name="telemetry">Told of what is stored, if given.</param>
public sealed class InboxStore(Database database, TimeProvider clock, BotTelemetry? telemetry = null)
{
    /// <summary>Completes when the update is on disk.</summary>
    /// <returns>False when it was there already.</returns>
    /// <exception cref="StoreException">It is not stored, and the messenger must repeat it.</exception>
    public async Task<bool> StoreAsync(string channel, Update update, ReadOnlyMemory<byte> body)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        using var span = telemetry?.Traces.Begin("store update", ActivityKind.Producer, channel);
        var trace = telemetry?.Traces.Current;
        var copy = body.ToArray();
        var stored = await database.WriteAsync(Turn.Of(channel, update.Chat), session => Store(session, channel, update, copy, now, trace));
        var fresh = stored.Value == 1;
        telemetry?.Meter.Stored(channel, update.Type, fresh);
        return fresh;
    }

    /// <summary>Stores a polled batch and its marker in one transaction: the marker never runs ahead of the updates.</summary>
    /// <param name="duty">That of polling.</param>
    /// <exception cref="DutyLostException">Another node polls now; nothing was stored.</exception>
    public async Task<int> StoreAsync(string channel, IReadOnlyList<(Update Update, ReadOnlyMemory<byte> Body)> batch, string? marker, Duty? duty = null)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        // Each chat's in the order in which they came, the chats in the order in which all transactions lock them.
        var updates = batch.OrderBy(item => item.Update.Chat, StringComparer.Ordinal).Select(item => (item.Update, item.Body, Trace: Begun(channel))).ToList();
        var stored = await database.WriteAsync(session =>
        {
            duty?.Check(session);
            var rows = updates.Select(item => Store(session, channel, item.Update, item.Body.ToArray(), now, item.Trace)).ToList();
            session.Write(
                "INSERT INTO poll_marker (channel, marker) VALUES (@channel, @marker) ON CONFLICT (channel) DO UPDATE SET marker = @marker",
                ("@channel", channel), ("@marker", marker));
            return rows;
        });
        for (var i = 0; i < stored.Count; i++) telemetry?.Meter.Stored(channel, updates[i].Update.Type, stored[i].Value == 1);
        return stored.Count(rows => rows.Value == 1);
    }

    public string? Marker(string channel) => database.Read(session => session.First(
        "SELECT marker FROM poll_marker WHERE channel = @channel", r => r.IsDBNull(0) ? null : r.GetString(0), ("@channel", channel)));

    /// <summary>Each update of a batch is the beginning of a trace of its own.</summary>
    private string? Begun(string channel)
    {
        using var span = telemetry?.Traces.Begin("fetch update", ActivityKind.Producer, channel);
        return telemetry?.Traces.Current;
    }

    /// <returns>How many rows were written: none where the update was there already. Its lane is woken all the same, which does no harm.</returns>
    private static Later<int> Store(Session session, string channel, Update update, byte[] body, long now, string? trace)
    {
        var state = update.Message is null ? InboxState.Skipped : InboxState.Pending;
        var stored = session.ExecuteLater(
            """
            INSERT INTO inbox (channel, key, chat, type, body, state, reason, received_at, trace)
            VALUES (@channel, @key, @chat, @type, @body, @state, @reason, @now, @trace)
            ON CONFLICT (channel, key) DO NOTHING
            """,
            ("@channel", channel), ("@key", update.Key), ("@chat", update.Chat), ("@type", update.Type), ("@body", body),
            ("@state", (int)state), ("@reason", update.Skipped), ("@now", now), ("@trace", trace));
        if (state == InboxState.Pending) Lanes.Wake(session, QueueName.In, channel, update.Chat, now);
        return stored;
    }
}
