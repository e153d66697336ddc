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
    private readonly bool _placed;
    private readonly SendRate _rate;
    private readonly Outage _outage;
    private readonly ClaimLoop _loop;
    private readonly CancellationTokenSource _abandon = new();
    private bool _prepared;

    public OutboxWorker(IChannel channel, Database database, OutboxOptions options, RetrySchedule schedule, AckPressure pressure, TimeProvider clock, ILogger log)
    {
        _channel = channel;
        _database = database;
        _options = options;
        _schedule = schedule;
        _clock = clock;
        _log = new OutboxLog(log, channel.Name);
        _placed = !database.ServedAlone && channel.Limits.PerMinute > 0;
        _rate = new SendRate(_placed ? 0 : channel.Limits.PerMinute, clock);
        _outage = new Outage(clock);
        _loop = new ClaimLoop($"{channel.Name} outbox", MostUnderWay, pressure, clock, log);
    }

    /// <summary>Called with every call that was made and how it ended.</summary>
    public Action<OutboundMessage, SendResult>? Called { get; init; }

    /// <summary>Announced with the chat of a reply whose fate is on disk, where somebody waits for that: see <see cref="Settled"/>.</summary>
    public const string SettledTopic = "settled";

    /// <summary>Called with the chat once the fate of a reply is on disk. Other nodes are told by an announcement.</summary>
    public Action<string>? Settled { get; init; }

    public BotTelemetry? Telemetry { get; init; }

    public Node Node { get; init; } = Node.Alone;

    public bool Running => _loop.Running;

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    public void Wake() => _loop.Wake();

    public Task RunAsync(CancellationToken stop)
    {
        if (_database.ServedAlone)
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
        await PreparePlacesAsync();
        var allowed = _outage.Allow(free, out var askAgain);
        if (allowed == 0) return new([], askAgain);
        var places = _rate.Take(allowed, out var freeAt);
        if (places == 0) return new([], freeAt);

        List<(Claim Claim, Later<ClaimedReply?> Reply)> claims = [];
        List<ClaimedReply> replies = [];
        try
        {
            var now = Now;
            var (next, nextPlace) = await _database.WriteAsync(Turn.Claiming, session =>
            {
                claims = Claim(session, places, now);
                return (Lanes.NextDueLater(session, QueueName.Out, _channel.Name), _placed ? SendPlaces.NextFreeLater(session, _channel.Name) : default);
            });
            replies = [.. claims.Select(claimed => claimed.Reply.Value).OfType<ClaimedReply>()];
            foreach (var (claim, _) in claims.Where(claimed => claimed.Reply.Value is null)) _ = Task.Run(() => ReleaseAsync(claim), CancellationToken.None);
            var tooLate = now + (long)LatestCall.TotalMilliseconds;
            // Only where replies took every place may more of them wait for one; else it would look again at once, for ever, for nothing.
            var stinted = replies.Count == places && places < free;
            var look = stinted ? askAgain ?? freeAt : claims.Count < places ? Later(next.Value, nextPlace.Value) : next.Value;
            return new([.. replies.Select(reply => (Func<Task>)(() => SendAsync(reply, tooLate)))], look);
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

    private List<(Claim Claim, Later<ClaimedReply?> Reply)> Claim(Session session, int most, long now)
    {
        var lease = now + (long)Lease.TotalMilliseconds;
        return _placed
            ? OutboxStore.ClaimPlaced(session, _channel.Name, most, now, lease, Node.Id)
            : OutboxStore.Claim(session, _channel.Name, most, now, lease, Node.Id);
    }

    /// <summary>A lane that is due and was not claimed waits for a place.</summary>
    private static long? Later(long? due, long? place) => due is null || place is null ? due : Math.Max(due.Value, place.Value);

    private async Task PreparePlacesAsync()
    {
        if (_prepared || !_placed) return;

        await _database.WriteAsync(session =>
        {
            SendPlaces.Prepare(session, _channel.Name, _channel.Limits.PerMinute);
            return true;
        });
        _prepared = true;
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

        if (InsteadOfCalling(reply) is var (verdict, call))
        {
            _rate.Return(1);
            await SettleAsync(reply, verdict, SendResult.Refused(verdict.Reason!), call);
            return;
        }

        using var span = Telemetry?.Traces.Continue("send reply", ActivityKind.Client, _channel.Name, reply.Trace);
        var started = _clock.GetTimestamp();
        var result = await CallAsync(reply);
        Telemetry?.Sent(span, _channel.Name, reply, result, started);
        _outage.Report(result);
        Called?.Invoke(reply.Message, result);
        _rate.End();
        var end = ChatCalls.Ended(_channel.Limits, reply.Message, reply.Claim.Calls, Now);
        await SettleAsync(reply, Verdict.Of(reply, result, _schedule, _options.MostRefusals), result, end);
    }

    /// <returns>Null when the reply is to be sent now.</returns>
    private (Verdict Verdict, CallEnd Call)? InsteadOfCalling(ClaimedReply reply)
    {
        if (Verdict.TooLate(reply, Now, _options.ReplyMaxAge) is { } late) return (new(VerdictKind.Bury, late), CallEnd.NotMade);
        if (!reply.SenderDied) return null;

        // The call that its last sender may have made counts against the chat's limits, and nobody has noted it yet.
        var lost = ChatCalls.Ended(_channel.Limits, reply.Message, reply.Claim.Calls, Now) with { Made = false };
        return lost.Calls is null && lost.FreeAt <= Now ? null : (new(VerdictKind.Retry, "its last call may have been heard: the chat's limit is waited out"), lost);
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

    private async Task SettleAsync(ClaimedReply reply, Verdict verdict, SendResult result, CallEnd call)
    {
        _log.Settled(reply, verdict);
        if (verdict.Kind is VerdictKind.Bury or VerdictKind.BuryChat) Telemetry?.Meter.Buried(_channel.Name);
        await StoreAsync(reply.Claim, session => Settle(session, reply, verdict, result, call));
        Settled?.Invoke(reply.Message.Chat);
    }

    private Task GiveBackAsync(Claim claim) => StoreAsync(claim, session =>
    {
        OutboxStore.GiveBack(session, claim, Now);
        return true;
    });

    private Task ReleaseAsync(Claim claim) => StoreAsync(claim, session =>
    {
        OutboxStore.Release(session, claim, Now, CallEnd.NotMade);
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

    private bool Settle(Session session, ClaimedReply reply, Verdict verdict, SendResult result, CallEnd call)
    {
        var now = Now;
        var (channel, chat) = (reply.Claim.Channel, reply.Claim.Chat);
        if (Settled is not null) session.Announce(SettledTopic, chat);
        switch (verdict.Kind)
        {
            case VerdictKind.Sent:
                OutboxStore.Sent(session, reply, result.MessageId, now);
                break;
            case VerdictKind.Retry:
                OutboxStore.Wait(session, reply, verdict.Reason!, verdict.Unknown);
                OutboxStore.Release(session, reply.Claim, now, call, retryAt: now + (long)verdict.Delay.TotalMilliseconds);
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

        OutboxStore.Release(session, reply.Claim, now, call);
        return true;
    }
}
