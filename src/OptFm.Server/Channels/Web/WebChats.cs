namespace OptFm.Server.Channels.Web;

/// <summary>How many pages may listen at once. Each open page holds one connection.</summary>
public sealed record WebStreamLimits
{
    public int Total { get; init; } = 1000;

    public int PerAddress { get; init; } = 100;

    /// <summary>One more closes the oldest, which is either a forgotten tab or a connection that a phone has lost without a word.</summary>
    public int PerChat { get; init; } = 4;

    /// <summary>Below the 60 s after which nginx gives up on a silent upstream.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>The open pages, by chat: wakes them when a reply is there.</summary>
public sealed class WebChats(WebStreamLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<WebStream>> _byChat = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byAddress = new(StringComparer.Ordinal);
    private int _open;

    public WebStreamLimits Limits => limits;

    /// <summary>How many pages listen now.</summary>
    public int Open
    {
        get
        {
            lock (_gate) return _open;
        }
    }

    /// <summary>Says that the chat may have something new on disk. Cheap when nobody listens.</summary>
    public void Notify(string chat)
    {
        lock (_gate)
        {
            if (!_byChat.TryGetValue(chat, out var streams)) return;
            foreach (var stream in streams) stream.Wake();
        }
    }

    /// <returns>Null when no more connections are taken, from this address or at all.</returns>
    internal WebStream? Listen(string chat, string address)
    {
        lock (_gate)
        {
            var fromAddress = _byAddress.GetValueOrDefault(address);
            if (_open >= limits.Total || fromAddress >= limits.PerAddress) return null;

            if (!_byChat.TryGetValue(chat, out var streams)) _byChat.Add(chat, streams = []);
            if (streams.Count(s => !s.IsParked) >= limits.PerChat) streams.First(s => !s.IsParked).Park();
            var stream = new WebStream(this, chat, address);
            streams.Add(stream);
            _byAddress[address] = fromAddress + 1;
            _open++;
            return stream;
        }
    }

    internal void Close(WebStream stream)
    {
        lock (_gate)
        {
            var streams = _byChat[stream.Chat];
            if (!streams.Remove(stream)) return;

            if (streams.Count == 0) _byChat.Remove(stream.Chat);
            if (--_byAddress[stream.Address] == 0) _byAddress.Remove(stream.Address);
            _open--;
        }
    }
}
