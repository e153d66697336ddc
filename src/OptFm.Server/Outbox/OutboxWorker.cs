using System.Diagnostics;
using OptFm.Server.Channels;
using OptFm.Server.Conversations;
using OptFm.Server.Nodes;
using OptFm.Server.Queue;
using OptFm.Server.Storage;
using OptFm.Server.Telemetry;

namespace OptFm.Server.Outbox;

/// <summary>Sends one channel's replies: each chat's in order, chats side by side, within the messenger's limits.</summary>
public sealed class OutboxWorker : IDisposable
{
    private const int MostUnderWay = 64;

    /// <summary>Longer than any call may take (MAX_TIMEOUT is at most 120 s).</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>How long after the claim a call may still begin, to end within the lease.</summary>
    private static readonly TimeSpan LatestCall = TimeSpan.FromMinutes(2.5);

    /// <summary>How often a node that does not know whether it is taken for dead looks whether it does again.</summary>
    private static readonly TimeSpan UntilSure = TimeSpan.FromMilliseconds(200);

    private readonly IChannel _channel;
    private readonly Database _database;
    private readonly OutboxOptions _options;
    private readonly RetrySchedule _schedule;
    private readonly TimeProvider _clock;
    private readonly OutboxLog _log;
    private readonly SendRate _rate;
    private readonly Outage _outage;
    private readonly ClaimLoop _loop;
    private readonly CancellationTokenSource _abandon = new();

    public OutboxWorker(IChannel channel, Database database, OutboxOptions options, RetrySchedule schedule, AckPressure pressure, TimeProvider clock, ILogger log)
    {
        _channel = channel;
        _database = database;
        _options = options;
        _schedule = schedule;
        _clock = clock;
        _log = new OutboxLog(log, channel.Name);
        _rate = new SendRate(channel.Limits, clock);
        _outage = new Outage(clock);
        _loop = new ClaimLoop($"{channel.Name} outbox", MostUnderWay, pressure, clock, log);
    }

    /// <summary>Called with every call that was made and how it ended.</summary>
    public Action<OutboundMessage, SendResult>? Called { get; init; }

    /// <summary>Called with the chat once the fate of a reply is on disk.</summary>
    public Action<string>? Settled { get; init; }

    public BotTelemetry? Telemetry { get; init; }

    public Node Node { get; init; } = Node.Alone;

    public bool Running => _loop.Running;

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    public void Wake() => _loop.Wake();

    public Task RunAsync(CancellationToken stop)
    {
        _rate.Remember(_database.Read(session => OutboxStore.LatestCalls(session, _channel.Name, Math.Max(1, _channel.Limits.PerMinute), Now)));
        return _loop.RunAsync(ClaimAsync, stop);
    }

    /// <summary>Cuts calls that outlast the grace of a stop; their outcome is then unknown, and recorded so.</summary>
    public void Abandon() => _abandon.Cancel();

    public void Dispose()
    {
        _loop.Dispose();
        _abandon.Dispose();
    }

    private async Task<ClaimRound> ClaimAsync(int free)
    {
        if (!Node.IsSure) return new([], Now + (long)UntilSure.TotalMilliseconds);
        var allowed = _outage.Allow(free, out var askAgain);
        if (allowed == 0) return new([], askAgain);
        var places = _rate.Take(allowed, out var freeAt);
        if (places == 0) return new([], freeAt);

        List<(Claim Claim, Later<ClaimedReply?> Reply)> claims = [];
        List<ClaimedReply> replies = [];
        try
        {
            var now = Now;
            var next = await _database.WriteAsync(Turn.Claiming, session =>
            {
                claims = OutboxStore.Claim(session, _channel.Name, places, now, now + (long)Lease.TotalMilliseconds, Node.Id);
                return Lanes.NextDueLater(session, QueueName.Out, _channel.Name);
            });
            replies = [.. claims.Select(claimed => claimed.Reply.Value).OfType<ClaimedReply>()];
            foreach (var (claim, _) in claims.Where(claimed => claimed.Reply.Value is null)) _ = Task.Run(() => ReleaseAsync(claim), CancellationToken.None);
            var tooLate = now + (long)LatestCall.TotalMilliseconds;
            // Only where replies took every place may more of them wait for one; else it would look again at once, for ever, for nothing.
            var stinted = replies.Count == places && places < free;
            return new([.. replies.Select(reply => (Func<Task>)(() => SendAsync(reply, tooLate)))], stinted ? askAgain ?? freeAt : next.Value);
        }
        catch (StoreException)
        {
            // Where the connection was lost during the commit the lanes may be ours without our knowing.
            foreach (var (claim, _) in claims) _ = Task.Run(() => GiveBackAsync(claim), CancellationToken.None);
            throw;
        }
        finally
        {
            _rate.Return(places - replies.Count);
        }
    }

    /// <param name="tooLate">After when the lane may be lost before a call would have ended, Unix ms.</param>
    private async Task SendAsync(ClaimedReply reply, long tooLate)
    {
        // Looked at right before the call: this process may have been stopped for a while.
        if (Now > tooLate || !Node.Holds(reply.Claim))
        {
            _rate.Return(1);
            await GiveBackAsync(reply.Claim);
            return;
        }

        if (Verdict.TooLate(reply, Now, _options.ReplyMaxAge) is { } late)
        {
            _rate.Return(1);
            await SettleAsync(reply, new(VerdictKind.Bury, late), SendResult.Refused(late), freeAt: 0);
            return;
        }

        using var span = Telemetry?.Traces.Continue("send reply", ActivityKind.Client, _channel.Name, reply.Trace);
        var started = _clock.GetTimestamp();
        var result = await CallAsync(reply);
        Telemetry?.Sent(span, _channel.Name, reply, result, started);
        _outage.Report(result);
        Called?.Invoke(reply.Message, result);
        var freeAt = _rate.End(reply.Message);
        await SettleAsync(reply, Verdict.Of(reply, result, _schedule, _options.MostRefusals), result, freeAt);
    }

    private async Task<SendResult> CallAsync(ClaimedReply reply)
    {
        try
        {
            return await _channel.SendAsync(reply.Message, _abandon.Token);
        }
        catch (OperationCanceledException)
        {
            return SendResult.Unknown("the server stopped while sending");
        }
        catch (Exception e)
        {
            _log.ChannelFailed(reply, e);
            return SendResult.Unknown($"a defect in the channel: {e.GetType().Name}");
        }
    }

    private async Task SettleAsync(ClaimedReply reply, Verdict verdict, SendResult result, long freeAt)
    {
        _log.Settled(reply, verdict);
        if (verdict.Kind is VerdictKind.Bury or VerdictKind.BuryChat) Telemetry?.Meter.Buried(_channel.Name);
        await StoreAsync(reply.Claim, session => Settle(session, reply, verdict, result, freeAt));
        Settled?.Invoke(reply.Message.Chat);
    }

    private Task GiveBackAsync(Claim claim) => StoreAsync(claim, session =>
    {
        OutboxStore.GiveBack(session, claim, Now);
        return true;
    });

    private Task ReleaseAsync(Claim claim) => StoreAsync(claim, session =>
    {
        OutboxStore.Release(session, claim, Now, freeAt: 0);
        return true;
    });

    /// <summary>A fate that cannot be stored is stored later: forgetting it would send the reply again.</summary>
    private async Task StoreAsync(Claim claim, Func<Session, bool> fate)
    {
        for (var again = false; ; again = true)
        {
            try
            {
                await _database.WriteAsync(Turn.Of(claim.Channel, claim.Chat), fate);
                return;
            }
            catch (StoreException e) when (!_abandon.IsCancellationRequested)
            {
                _log.CannotStore(e);
                await Task.Delay(TimeSpan.FromSeconds(1), _clock, CancellationToken.None);
            }
            catch (LaneLostException e)
            {
                // After a failure the first attempt may have been stored after all.
                if (!again) _log.LaneLost(e);
                return;
            }
        }
    }

    private bool Settle(Session session, ClaimedReply reply, Verdict verdict, SendResult result, long freeAt)
    {
        var now = Now;
        var (channel, chat) = (reply.Claim.Channel, reply.Claim.Chat);
        switch (verdict.Kind)
        {
            case VerdictKind.Sent:
                OutboxStore.Sent(session, reply, result.MessageId, now);
                break;
            case VerdictKind.Retry:
                OutboxStore.Wait(session, reply, verdict.Reason!, verdict.Unknown);
                OutboxStore.Release(session, reply.Claim, now, freeAt, retryAt: now + (long)verdict.Delay.TotalMilliseconds);
                return true;
            case VerdictKind.Bury:
                OutboxStore.Bury(session, reply, verdict.Reason!, now);
                break;
            case VerdictKind.BuryChat:
                OutboxStore.BuryChat(session, channel, chat, verdict.Reason!, now);
                ConversationStore.Block(session, channel, chat, now);
                break;
            case VerdictKind.Move:
                OutboxStore.MoveChat(session, channel, chat, result.MovedTo!, now);
                break;
        }

        OutboxStore.Release(session, reply.Claim, now, freeAt);
        return true;
    }
}
