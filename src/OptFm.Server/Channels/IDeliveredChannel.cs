using Microsoft.AspNetCore.Http;

namespace OptFm.Server.Channels;

/// <summary>A channel whose messenger delivers updates to a webhook.</summary>
public interface IDeliveredChannel : IChannel
{
    /// <summary>Whether the delivery proves that it comes from the messenger. True for anything where the check is off. Constant time.</summary>
    bool IsGenuine(IHeaderDictionary headers, ReadOnlySpan<byte> body);

    IWebhookAdmin Admin { get; }
}
