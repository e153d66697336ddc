using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace OptFm.Server.Channels.Web;

/// <summary>
/// How often a visitor may post: far more than a person writes, far less than fills a disk. Sessions cost nothing to make, so addresses are
/// counted too, more generously, because an office or a mobile network shares one.
/// </summary>
internal sealed class WebRate : IDisposable
{
    private readonly PartitionedRateLimiter<Visitor> _limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<Visitor, string>(v => RateLimitPartition.GetTokenBucketLimiter(v.Chat, _ => Bucket(burst: 10, perSecond: 1))),
        PartitionedRateLimiter.Create<Visitor, string>(v => RateLimitPartition.GetTokenBucketLimiter(v.Network, _ => Bucket(burst: 30, perSecond: 3))));

    /// <returns>Null when the post may pass, else after how long to try again.</returns>
    public TimeSpan? Refuse(string chat, string address)
    {
        using var lease = _limiter.AttemptAcquire(new(chat, Network(address)));
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > TimeSpan.FromSeconds(1) ? after : TimeSpan.FromSeconds(1);
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>One IPv6 customer owns a whole /64 and could take a new address for every post.</summary>
    internal static string Network(string address)
    {
        if (!IPAddress.TryParse(address, out var ip) || ip.AddressFamily != AddressFamily.InterNetworkV6 || ip.IsIPv4MappedToIPv6) return address;
        return Convert.ToHexString(ip.GetAddressBytes(), 0, 8);
    }

    private static TokenBucketRateLimiterOptions Bucket(int burst, int perSecond) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
        AutoReplenishment = true,
    };

    private readonly record struct Visitor(string Chat, string Network);
}
