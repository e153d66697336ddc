using OptFm.Server.Answers;
using OptFm.Server.Channels;
using OptFm.Server.Conversations;
using OptFm.Server.Inbox;
using OptFm.Server.Nodes;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Storage;
using OptFm.Server.Telemetry;

namespace OptFm.Server.Operations;

/// <summary>What every channel's workers share.</summary>
public sealed record WorkerTools
{
    public required Database Database { get; init; }

    public required InboxStore Inbox { get; init; }

    public required AnswerSteps Answers { get; init; }

    public required OutboxOptions Outbox { get; init; }

    public required RetrySchedule Retries { get; init; }

    public required AckPressure Pressure { get; init; }

    public required ChannelContacts Contacts { get; init; }

    public required MessageLog Messages { get; init; }

    public required Node Node { get; init; }

    public required Duties Duties { get; init; }

    public required BotTelemetry Telemetry { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILoggerFactory Logs { get; init; }
}

/// <summary>The workers of one channel: inbox, outbox and, where updates are fetched, polling.</summary>
public sealed class ChannelWorkers : IDisposable
{
    private readonly WorkerTools _tools;
    private readonly InboxWorker _inbox;
    private readonly OutboxWorker _outbox;
    private readonly PollingWorker? _polling;

    /// <param name="poll">Whether this channel's updates are fetched; the channel must be able to.</param>
    /// <param name="settled">Called with the chat when the fate of one of its replies is on disk.</param>
    public ChannelWorkers(IChannel channel, WorkerTools tools, bool poll = false, Action<string>? settled = null)
    {
        Channel = channel;
        tools.Telemetry.Meter.Expect(channel.Name, messenger: channel is not Channels.Web.WebChannel);
        _tools = tools;
        var log = tools.Logs.CreateLogger(channel.GetType());
        _outbox = new OutboxWorker(channel, tools.Database, tools.Outbox, tools.Retries, tools.Pressure, tools.Clock, log) { Settled = settled, Called = Note, Telemetry = tools.Telemetry, Node = tools.Node };
        var handle = new HandleMessage(channel.Limits, tools.Answers.Answer, tools.Answers.Failed);
        _inbox = new InboxWorker(channel, tools.Database, handle, tools.Retries, tools.Pressure, tools.Clock, log)
        {
            Replied = _outbox.Wake,
            Telemetry = tools.Telemetry,
            Node = tools.Node,
            Handling = message => tools.Messages.Received(channel.Name, message.Chat, message.Text),
        };
        if (poll) _polling = new PollingWorker((IPolledChannel)channel, tools.Inbox, tools.Duties, tools.Retries, tools.Clock, log) { Stored = Wake, Polled = NotePoll };
    }

    public IChannel Channel { get; }

    public bool Running => _inbox.Running && _outbox.Running;

    /// <summary>Says that an update of this channel was stored.</summary>
    public void Wake() => _inbox.Wake();

    /// <summary>Says that a reply of this channel was stored, by whatever process.</summary>
    public void WakeOutbox() => _outbox.Wake();

    /// <summary>Runs until stopped, then until what was under way is finished.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(_inbox.RunAsync(stop), _outbox.RunAsync(stop), _polling?.RunAsync(stop) ?? Task.CompletedTask);

    /// <summary>Cuts what outlasts the grace of a stop.</summary>
    public void Abandon() => _outbox.Abandon();

    public void Dispose()
    {
        _inbox.Dispose();
        _outbox.Dispose();
    }

    private void Note(OutboundMessage message, SendResult result)
    {
        if (result.Outcome == SendOutcome.Sent && message.Kind != OutboundKind.CallbackAnswer)
            _tools.Messages.Answered(Channel.Name, message.Chat, Markup.ToPlain(message.Text));
        if (result.Outcome == SendOutcome.Unknown) _tools.Contacts.Failed(Channel.Name, "no_answer");
        else if (result.Outcome == SendOutcome.Retry && !result.Limited) _tools.Contacts.Failed(Channel.Name, "unavailable");
        else _tools.Contacts.Heard(Channel.Name);
    }

    private void NotePoll(bool answered)
    {
        if (answered) _tools.Contacts.Heard(Channel.Name);
        else _tools.Contacts.Failed(Channel.Name, "poll_failed");
    }
}
