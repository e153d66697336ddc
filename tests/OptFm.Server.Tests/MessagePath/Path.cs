using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Answers;
using OptFm.Server.Channels;
using OptFm.Server.Conversations;
using OptFm.Server.Inbox;
using OptFm.Server.Nodes;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Tests.MessagePath;

/// <summary>The message path on a real database, from a stored update to the messenger: the named test application of this folder.</summary>
public sealed class Path : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly InboxWorker _inboxWorker;
    private readonly OutboxWorker _outboxWorker;
    private Task _running = Task.CompletedTask;

    private Path(Database database, ScriptedChannel channel, Func<InboundMessage, Conversation, Answer> answer, TimeSpan replyMaxAge, Node node)
    {
        Channel = channel;
        Database = database;
        var clock = database.Clock ?? TimeProvider.System;
        Inbox = new InboxStore(Database, clock);
        var schedule = new RetrySchedule(new Random(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20));
        var options = new OutboxOptions { ReplyMaxAge = replyMaxAge };
        _outboxWorker = new OutboxWorker(channel, Database, options, schedule, new AckPressure(), clock, NullLogger.Instance) { Node = node };
        var handle = new HandleMessage(channel.Limits, answer, c => new Answer("sorry", [new Reply("sorry")], c));
        _inboxWorker = new InboxWorker(channel, Database, handle, schedule, new AckPressure(), clock, NullLogger.Instance) { Replied = _outboxWorker.Wake, Node = node };
        database.Woken = (queue, _) => (queue == QueueName.In ? (Action)_inboxWorker.Wake : _outboxWorker.Wake)();
    }

    public ScriptedChannel Channel { get; }

    public Database Database { get; }

    public InboxStore Inbox { get; }

    /// <param name="database">Owned from now on.</param>
    /// <param name="answer">How messages are answered; null repeats them back.</param>
    public static Path Open(
        Database database, ScriptedChannel? channel = null, Func<InboundMessage, Conversation, Answer>? answer = null, TimeSpan? replyMaxAge = null, Node? node = null) =>
        new(
            database,
            channel ?? new ScriptedChannel(),
            answer ?? ((message, conversation) => new Answer("echo", [new Reply(message.Text)], conversation)),
            replyMaxAge ?? TimeSpan.FromHours(1),
            node ?? Node.Alone);

    public Path Running()
    {
        _running = Task.WhenAll(_inboxWorker.RunAsync(_stop.Token), _outboxWorker.RunAsync(_stop.Token));
        return this;
    }

    public async Task<bool> SaysAsync(string chat, string text, string? key = null)
    {
        var body = ScriptedChannel.Update(key ?? Guid.NewGuid().ToString(), chat, text);
        var fresh = await Inbox.StoreAsync(Channel.Name, Channel.Read(body)!, body);
        _inboxWorker.Wake();
        return fresh;
    }

    public List<ListedReply> Replies(OutboxState? state = null) => Database.Read(session => OutboxDesk.List(session, state, 1000));

    public List<ListedUpdate> Updates(InboxState? state = null) => Database.Read(session => InboxDesk.List(session, state, 1000));

    /// <summary>Waits until the stored rows are as expected; the database is asked again after a moment.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition()) await beat.WaitForNextTickAsync(patience.Token);
    }

    /// <summary>Stops as the server does.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _inboxWorker.Dispose();
        _outboxWorker.Dispose();
        Database.Dispose();
        Channel.Dispose();
        _stop.Dispose();
    }
}
