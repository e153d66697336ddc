namespace OptFm.Sandbox.Limits;

/// <summary>Most calls a messenger takes in any window of the named length; 0 = no limit. Refused calls do not count.</summary>
public sealed record SandboxLimits
{
    public static readonly SandboxLimits None = new();

    /// <summary>30 requests/s per bot, 2/s per chat for send, edit, delete and answer, 2/s for polling.</summary>
    public static readonly SandboxLimits Max = new() { PerSecond = 30, PerSecondInChat = 2, PollsPerSecond = 2, CallbackAnswersCount = true };

    /// <summary>30 messages/s per bot; a tariff may also allow only 30 requests a minute (<see cref="PerMinute"/>).</summary>
    public static readonly SandboxLimits Compat = new() { PerSecond = 30 };

    /// <summary>30 messages/s per bot, 1/s per private chat, 20 a minute per group.
    /// <see href="https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this"/></summary>
    public static readonly SandboxLimits Telegram = new() { PerSecond = 30, PerSecondInChat = 1, PerMinuteInGroup = 20 };

    public int PerSecond { get; init; }

    public int PerMinute { get; init; }

    public int PerSecondInChat { get; init; }

    public int PerMinuteInGroup { get; init; }

    public int PollsPerSecond { get; init; }

    /// <summary>Whether answering a button press spends the chat's budget.</summary>
    public bool CallbackAnswersCount { get; init; }

    /// <summary>How much earlier than allowed a call may come: a well-spaced sender must not be blamed for a network's jitter.</summary>
    public TimeSpan Slack { get; init; } = TimeSpan.FromMilliseconds(50);
}
