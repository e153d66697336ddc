namespace OptFm.Server.Channels.Web;

/// <summary>The chat on the server's own page. A reply that is stored as sent is on the page: its history is the outbox itself.</summary>
public sealed class WebChannel : IChannel
{
    public const string ChannelName = "web";

    public string Name => ChannelName;

    /// <summary>No messenger limits the page; the length is what reads well in one bubble.</summary>
    public ChannelLimits Limits { get; } = new() { TextLength = 8000, PayloadBytes = WebPost.MostPayloadBytes, CallbackAnswersCount = false };

    /// <summary>Reads what <see cref="WebPost.Store"/> wrote: what the page sent, with its chat.</summary>
    public Update? Read(ReadOnlyMemory<byte> json)
    {
        if (!WebPost.IsObject(json)) return null;

        return WebPost.ReadStored(json) is { } stored
            ? stored.Post.ToUpdate(stored.Chat)
            : new Update("unreadable", "unreadable", "") { Skipped = "it is no message of the web page" };
    }

    public Task<SendResult> SendAsync(OutboundMessage message, CancellationToken stop) => Task.FromResult(SendResult.Sent(messageId: null));
}
