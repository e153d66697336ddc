using System.Globalization;
using OptFm.Server.Channels;

namespace OptFm.Server.Outbox;

/// <summary>
/// How fast one bot may call its messenger. The per-minute limit also holds, divided by sixty, in each second where it allows that
/// (1800 a minute is 30 a second); below that, a whole minute's calls may go at once.
/// The limit of a chat travels with its lane (<c>free_at</c>), so that it outlives a restart.
/// </summary>
public sealed class SendRate(ChannelLimits limits, TimeProvider clock)
{
    private readonly Lock _guard = new();
    private readonly CallWindow _minute = new(limits.PerMinute, TimeSpan.FromMinutes(1));
    private readonly CallWindow _second = new(limits.PerMinute / 60, TimeSpan.FromSeconds(1));
    private readonly Dictionary<string, ChatCalls> _chats = new(StringComparer.Ordinal);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Counts the calls of an earlier process against this one's limit.</summary>
    public void Remember(IEnumerable<long> newestFirst)
    {
        foreach (var ended in newestFirst.Reverse())
        {
            _minute.Remember(ended);
            _second.Remember(ended);
        }
    }

    /// <summary>Takes up to <paramref name="wanted"/> places for calls of this bot.</summary>
    /// <param name="freeAt">When to ask again, Unix ms, where fewer were free; null when only a call's end can free one.</param>
    public int Take(int wanted, out long? freeAt)
    {
        lock (_guard)
        {
            var now = Now;
            var free = Math.Min(wanted, Math.Min(_minute.Free(now), _second.Free(now)));
            for (var i = 0; i < free; i++)
            {
                _minute.Start();
                _second.Start();
            }

            freeAt = free < wanted ? Later(_minute.NextFree(now), _second.NextFree(now)) : null;
            return free;
        }
    }

    /// <summary>Gives back a place whose call was not made or has ended.</summary>
    /// <returns>Before when the chat may not be called again, Unix ms.</returns>
    public long End(OutboundMessage message)
    {
        lock (_guard)
        {
            var now = Now;
            _minute.End(now);
            _second.End(now);
            if (message.Kind == OutboundKind.CallbackAnswer && !limits.CallbackAnswersCount) return 0;
            return limits.PerSecondInChat == 0 ? 0 : CountInChat(message.Chat, now);
        }
    }

    /// <summary>Gives back places that were taken for nothing.</summary>
    public void Return(int places)
    {
        lock (_guard)
        {
            for (var i = 0; i < places; i++)
            {
                _minute.Cancel();
                _second.Cancel();
            }
        }
    }

    private long CountInChat(string chat, long now)
    {
        if (!_chats.TryGetValue(chat, out var calls))
        {
            if (_chats.Count > 10_000) Forget(now);
            var group = limits.PerMinuteInGroup > 0 && chat.StartsWith('-') && long.TryParse(chat, CultureInfo.InvariantCulture, out _);
            _chats.Add(chat, calls = new ChatCalls(limits.PerSecondInChat, group ? limits.PerMinuteInGroup : 0));
        }

        return calls.Count(now);
    }

    private void Forget(long now)
    {
        foreach (var (chat, calls) in _chats)
        {
            if (calls.Last + 60_000 < now) _chats.Remove(chat);
        }
    }

    private static long? Later(long? one, long? other) => one is null || other is null ? null : Math.Max(one.Value, other.Value);

    /// <summary>The calls of one chat. One is under way at a time, because its lane is claimed.</summary>
    private sealed class ChatCalls(int perSecond, int perMinute)
    {
        private readonly CallWindow _second = new(perSecond, TimeSpan.FromSeconds(1));
        private readonly CallWindow _minute = new(perMinute, TimeSpan.FromMinutes(1));

        public long Last { get; private set; }

        public long Count(long now)
        {
            Last = now;
            _second.Start();
            _second.End(now);
            _minute.Start();
            _minute.End(now);
            return Math.Max(_second.NextFree(now)!.Value, _minute.NextFree(now)!.Value);
        }
    }
}
