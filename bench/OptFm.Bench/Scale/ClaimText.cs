using OptFm.Server.Queue;

namespace OptFm.Bench.Scale;

/// <summary>The server's own statement that claims lanes, with values written into it.</summary>
internal static class ClaimText
{
    /// <summary>Later than any lane that waits is due.</summary>
    private const string Now = "4000000000000";

    public static string Of(QueueSql queue, int most) => queue.Claim
        .Replace("@queue", "'in'", StringComparison.Ordinal)
        .Replace("@channel", "'max'", StringComparison.Ordinal)
        .Replace("@now", Now, StringComparison.Ordinal)
        .Replace("@lease", Now, StringComparison.Ordinal)
        .Replace("@most", $"{most}", StringComparison.Ordinal)
        .Replace("@token", "1", StringComparison.Ordinal);
}
