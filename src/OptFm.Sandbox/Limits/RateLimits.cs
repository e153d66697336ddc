using System.Collections.Concurrent;

namespace OptFm.Sandbox.Limits;

/// <summary>Says which calls of one bot come too fast.</summary>
internal sealed class RateLimits(SandboxLimits limits, TimeProvider time)
{
    private readonly SlidingWindow? second = Window(limits.PerSecond, TimeSpan.FromSeconds(1), limits, time);
    private readonly SlidingWindow? minute = Window(limits.PerMinute, TimeSpan.FromMinutes(1), limits, time);
    private readonly SlidingWindow? polls = Window(limits.PollsPerSecond, TimeSpan.FromSeconds(1), limits, time);
    private readonly ConcurrentDictionary<string, SlidingWindow> chats = new();
    private readonly ConcurrentDictionary<string, SlidingWindow> groups = new();

    internal bool CallbackAnswersCount => limits.CallbackAnswersCount;

    internal RateRefusal? RefuseBot()
    {
        var now = time.GetTimestamp();
        if (second?.Refuse(now) is { } wait) return new RateRefusal("per second", wait);
        return minute?.Refuse(now) is { } longer ? new RateRefusal("per minute", longer) : null;
    }

    internal RateRefusal? RefusePoll() => polls?.Refuse(time.GetTimestamp()) is { } wait ? new RateRefusal("polls per second", wait) : null;

    /// <param name="isGroup">Groups have a limit of their own where the messenger says so.</param>
    internal RateRefusal? RefuseChat(string chat, bool isGroup)
    {
        var now = time.GetTimestamp();
        if (isGroup && limits.PerMinuteInGroup > 0)
            return Refusal(groups, chat, limits.PerMinuteInGroup, TimeSpan.FromMinutes(1), "per minute in a group", now);
        return limits.PerSecondInChat > 0
            ? Refusal(chats, chat, limits.PerSecondInChat, TimeSpan.FromSeconds(1), "per second in a chat", now)
            : null;
    }

    private RateRefusal? Refusal(ConcurrentDictionary<string, SlidingWindow> windows, string chat, int limit, TimeSpan length, string name, long now)
    {
        var window = windows.GetOrAdd(chat, static (_, made) => Window(made.limit, made.length, made.limits, made.time)!, (limit, length, limits, time));
        return window.Refuse(now) is { } wait ? new RateRefusal(name, wait) : null;
    }

    private static SlidingWindow? Window(int limit, TimeSpan length, SandboxLimits limits, TimeProvider time) =>
        limit > 0 ? new SlidingWindow(limit, length - limits.Slack, time) : null;
}

/// <summary>A call that came too fast: which limit it broke and how long it should have waited.</summary>
internal sealed record RateRefusal(string Limit, TimeSpan Wait);
