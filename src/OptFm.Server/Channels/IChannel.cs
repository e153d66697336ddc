namespace OptFm.Server.Channels;

/// <summary>A messenger. Everything the message path knows of MAX, Telegram and the web page is here.</summary>
public interface IChannel
{
    /// <summary>The channel's key in every table: <c>max</c>, <c>max-compat</c>, <c>telegram</c>, <c>web</c>.</summary>
    string Name { get; }

    ChannelLimits Limits { get; }

    /// <summary>Reads one update from its JSON text.</summary>
    /// <returns>Null when the bytes are no update of any kind: not JSON, nested beyond 64 levels, not an object.</returns>
    Update? Read(ReadOnlyMemory<byte> json);

    /// <summary>Makes the one call that <paramref name="message"/> asks for. Never throws for what a messenger or a network does.</summary>
    Task<SendResult> SendAsync(OutboundMessage message, CancellationToken stop);
}

/// <summary>A channel whose updates can be fetched instead of delivered.</summary>
public interface IPolledChannel : IChannel
{
    /// <summary>Waits for updates after <paramref name="marker"/>; passing a marker lets the messenger forget everything before it.</summary>
    /// <returns>Each update's JSON text and the marker to pass next time, once these are stored.</returns>
    /// <exception cref="PollException">The messenger answered with an error or could not be reached.</exception>
    Task<PolledBatch> PollAsync(string? marker, CancellationToken stop);
}

public sealed record PolledBatch(IReadOnlyList<ReadOnlyMemory<byte>> Updates, string? Marker);

/// <summary>A poll that brought nothing; the reason is fit for a log.</summary>
public sealed class PollException(string message, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(message, inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
