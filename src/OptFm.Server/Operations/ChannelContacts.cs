using System.Collections.Concurrent;

namespace OptFm.Server.Operations;

/// <summary>When each messenger was last heard, and what has failed since; for <c>/health</c>.</summary>
public sealed class ChannelContacts(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset? Last, string? Error)> _contacts = new(StringComparer.Ordinal);

    /// <summary>The messenger answered a call or delivered an update.</summary>
    public void Heard(string channel) => _contacts[channel] = (time.GetUtcNow(), null);

    /// <summary>A call failed for a reason on the messenger's side or on the way.</summary>
    /// <param name="code">Short, such as <c>http_502</c>; anything longer is shown as <c>error</c>.</param>
    public void Failed(string channel, string code) => _contacts.AddOrUpdate(channel, (null, code), (_, before) => (before.Last, code));

    public ChannelHealth Of(string channel, bool enabled)
    {
        var (last, error) = _contacts.GetValueOrDefault(channel);
        return new(channel, enabled, last, error);
    }
}
