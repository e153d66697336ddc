using OptFm.Server.Channels;
using OptFm.Server.Queue;

namespace OptFm.Server.Outbox;

/// <summary>What is to be done with a reply after a call, or instead of one.</summary>
public enum VerdictKind
{
    Sent,
    Retry,
    Bury,

    /// <summary>Bury it and everything else that waits for the chat.</summary>
    BuryChat,

    /// <summary>Move it and everything else that waits to another chat.</summary>
    Move,
}

/// <summary>
/// The policy of retries, written once. A reply whose outcome is unknown, because the messenger left it without an answer or because the server
/// died meanwhile, is tried again a few times, ever later: see docs/decisions/0007-unknown-outcomes.md.
/// </summary>
public sealed record Verdict(VerdictKind Kind, string? Reason = null, TimeSpan Delay = default, bool Unknown = false)
{
    /// <summary>A press is answered within seconds or not at all: the messenger has forgotten it by then.</summary>
    private static readonly TimeSpan CallbackMaxAge = TimeSpan.FromMinutes(1);

    /// <summary>How many sends may go unanswered by the messenger.</summary>
    private const int MostUnanswered = 5;

    /// <summary>The same with kills of the server counted. Only a reply that kills the server each time gets this far: it must not do so for ever.</summary>
    private const int MostUnknowns = 10;

    /// <returns>Why it is not worth sending any more, or null.</returns>
    public static string? TooLate(ClaimedReply reply, long now, TimeSpan maxAge)
    {
        if (reply.Unknowns > MostUnknowns) return $"its outcome was unknown {reply.Unknowns} times";
        var age = TimeSpan.FromMilliseconds(now - reply.CreatedAt);
        if (reply.Message.Kind == OutboundKind.CallbackAnswer && age > CallbackMaxAge) return "the press was answered too late to matter";
        return age > maxAge ? $"undeliverable for more than {maxAge.TotalHours:0} h" : null;
    }

    public static Verdict Of(ClaimedReply reply, SendResult result, RetrySchedule schedule, int mostRefusals)
    {
        var reason = result.Reason ?? result.Outcome.ToString();
        switch (result.Outcome)
        {
            case SendOutcome.Sent:
                return new(VerdictKind.Sent);
            case SendOutcome.Unknown when reply.Unknowns < MostUnanswered && reply.Message.Kind != OutboundKind.CallbackAnswer:
                return new(VerdictKind.Retry, reason, schedule.DelayAfter(reply.Attempts + 2), Unknown: true);
            case SendOutcome.Unknown:
                return new(VerdictKind.Bury, $"{reason}; its outcome is unknown for the {reply.Unknowns + 1}. time", Unknown: true);
            case SendOutcome.Retry when result.Limited && reply.Attempts >= mostRefusals:
                return new(VerdictKind.Bury, $"{reason}; tried {reply.Attempts} times");
            case SendOutcome.Retry:
                return new(VerdictKind.Retry, reason, schedule.DelayAfter(reply.Attempts, result.RetryAfter));
            case SendOutcome.Blocked:
                return new(VerdictKind.BuryChat, reason);
            case SendOutcome.Moved:
                return new(VerdictKind.Move, reason);
            default:
                return new(VerdictKind.Bury, reason);
        }
    }
}
