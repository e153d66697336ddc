using System.Globalization;
using OptFm.Server.Channels;

namespace OptFm.Server.Outbox;

/// <summary>What a call means for the calls after it.</summary>
/// <param name="Made">Whether one was made at all.</param>
/// <param name="FreeAt">Before when the chat may not be called again, Unix ms; 0 when it may at once.</param>
/// <param name="Calls">What its lane must remember, see <see cref="ChatCalls"/>; null when nothing new.</param>
public readonly record struct CallEnd(bool Made, long FreeAt = 0, string? Calls = null)
{
    public static CallEnd NotMade { get; }
}

/// <summary>
/// The limits of one chat. When its latest calls ended travels with its lane, so that they hold across restarts and nodes;
/// one call is under way at a time, because the lane is claimed.
/// </summary>
public static class ChatCalls
{
    private const long Second = 1000;
    private const long Minute = 60_000;

    /// <param name="before">The calls that the lane remembers: Unix ms, oldest first, comma-separated.</param>
    /// <param name="now">When the call ended, Unix ms.</param>
    public static CallEnd Ended(ChannelLimits limits, OutboundMessage message, string? before, long now)
    {
        var counts = message.Kind != OutboundKind.CallbackAnswer || limits.CallbackAnswersCount;
        var perSecond = counts ? limits.PerSecondInChat : 0;
        var perMinute = counts && IsGroup(message.Chat) ? limits.PerMinuteInGroup : 0;
        var most = Math.Max(perSecond, perMinute);
        if (most == 0) return new(Made: true);

        var since = now - (perMinute > 0 ? Minute : Second);
        List<long> ends = [.. Read(before).Where(end => end > since), now];
        var freeAt = Math.Max(FreeAt(ends, perSecond, Second), FreeAt(ends, perMinute, Minute));
        return new(Made: true, freeAt, most == 1 ? null : string.Join(',', ends.TakeLast(most - 1)));
    }

    private static long FreeAt(List<long> ends, int most, long window) => most > 0 && ends.Count >= most ? ends[^most] + window : 0;

    private static IEnumerable<long> Read(string? calls) =>
        calls?.Split(',').Select(end => long.Parse(end, NumberStyles.None, CultureInfo.InvariantCulture)) ?? [];

    /// <summary>Telegram's groups have negative numbers. https://core.telegram.org/bots/api#chat</summary>
    private static bool IsGroup(string chat) => chat.StartsWith('-') && long.TryParse(chat, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
