namespace OptFm.Server.Watchdog;

/// <summary>How deliveries to one channel's webhook went lately.</summary>
/// <param name="Accepted">When one was last answered 200.</param>
/// <param name="Refused">When one was last refused that may have been genuine.</param>
/// <param name="RefusedSince">The first of the refusals since then.</param>
/// <param name="Reason">Why, of <see cref="Telemetry.MetricLabels.Refusals"/>.</param>
public sealed record Deliveries(DateTimeOffset? Accepted = null, DateTimeOffset? Refused = null, DateTimeOffset? RefusedSince = null, string? Reason = null)
{
    public static Deliveries None { get; } = new();

    /// <summary>Whether every delivery has been refused since the last that was accepted.</summary>
    public bool Failing => Refused is { } refused && (Accepted is not { } accepted || refused > accepted);

    internal Deliveries Turned(DateTimeOffset now, string reason) => this with { Refused = now, RefusedSince = RefusedSince ?? now, Reason = reason };
}
