using System.Collections.Frozen;

namespace OptFm.Sandbox.Deliveries;

/// <summary>A subscription: where a messenger delivers, and how it went lately.</summary>
internal sealed class Webhook(Uri url, string? secret, DateTimeOffset since)
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Uri Url => url;

    internal string? Secret => secret;

    internal DateTimeOffset Since => since;

    /// <summary>Update types it wants; null wants the messenger's usual ones.</summary>
    internal FrozenSet<string>? Types { get; init; }

    internal int MaxConnections { get; init; } = 40;

    /// <summary>Completes when the subscription is removed.</summary>
    internal Task Gone => gone.Task;

    internal DateTimeOffset? FailingSince { get; private set; }

    internal DateTimeOffset? LastErrorAt { get; private set; }

    internal string? LastError { get; private set; }

    internal void Remove() => gone.TrySetResult();

    internal void Succeeded()
    {
        lock (gate) FailingSince = null;
    }

    /// <returns>True when this failure is the first since the last success.</returns>
    internal bool Failed(DateTimeOffset now, string error)
    {
        lock (gate)
        {
            LastErrorAt = now;
            LastError = error;
            if (FailingSince is not null) return false;
            FailingSince = now;
            return true;
        }
    }
}
