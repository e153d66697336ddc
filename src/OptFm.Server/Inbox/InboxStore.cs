using OptFm.Server.Channels;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

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
public sealed record PendingUpdate(long Id, byte[] Body, int Attempts, long ReceivedAt);

/// <summary>Stores updates before they are acknowledged, each once.</summary>
public sealed class InboxStore(Database database, TimeProvider clock)
{
    /// <summary>Completes when the update is on disk.</summary>
    /// <returns>False when it was there already.</returns>
    /// <exception cref="StoreException">It is not stored, and the messenger must repeat it.</exception>
    public Task<bool> StoreAsync(string channel, Update update, ReadOnlyMemory<byte> body)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var copy = body.ToArray();
        return database.WriteAsync(session => Store(session, channel, update, copy, now));
    }

    /// <summary>Stores a polled batch and its marker in one transaction: the marker never runs ahead of the updates.</summary>
    public Task<int> StoreAsync(string channel, IReadOnlyList<(Update Update, ReadOnlyMemory<byte> Body)> batch, string? marker)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return database.WriteAsync(session =>
        {
            var fresh = batch.Count(item => Store(session, channel, item.Update, item.Body.ToArray(), now));
            session.Execute(
                "INSERT INTO poll_marker (channel, marker) VALUES (@channel, @marker) ON CONFLICT (channel) DO UPDATE SET marker = @marker",
                ("@channel", channel), ("@marker", marker));
            return fresh;
        });
    }

    public string? Marker(string channel) => database.Read(session => session.First(
        "SELECT marker FROM poll_marker WHERE channel = @channel", r => r.IsDBNull(0) ? null : r.GetString(0), ("@channel", channel)));

    private static bool Store(Session session, string channel, Update update, byte[] body, long now)
    {
        var state = update.Message is null ? InboxState.Skipped : InboxState.Pending;
        var fresh = session.Execute(
            """
            INSERT INTO inbox (channel, key, chat, type, body, state, reason, received_at)
            VALUES (@channel, @key, @chat, @type, @body, @state, @reason, @now)
            ON CONFLICT (channel, key) DO NOTHING
            """,
            ("@channel", channel), ("@key", update.Key), ("@chat", update.Chat), ("@type", update.Type), ("@body", body),
            ("@state", (int)state), ("@reason", update.Skipped), ("@now", now)) == 1;
        if (fresh && state == InboxState.Pending) Lanes.Wake(session, QueueName.In, channel, update.Chat, now);
        return fresh;
    }
}
