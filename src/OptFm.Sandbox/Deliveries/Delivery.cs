namespace OptFm.Sandbox.Deliveries;

/// <summary>What became of an update so far.</summary>
public enum DeliveryOutcome
{
    /// <summary>A webhook took it.</summary>
    Accepted,

    /// <summary>The first try failed; the messenger goes on trying by its own clock.</summary>
    Failed,

    /// <summary>No webhook stands: it waits to be fetched.</summary>
    Queued,

    /// <summary>A fault holds it back.</summary>
    Held,

    /// <summary>The bot did not subscribe to updates of this type.</summary>
    NotWanted,
}

/// <summary>The fate of an update after the first try to deliver it.</summary>
/// <param name="Status">The webhook's HTTP status; null when none came or nothing was posted.</param>
/// <param name="Id">The message's or press's id, as the messenger names it to the bot.</param>
public sealed record Delivery(DeliveryOutcome Outcome, int? Status, string? Id);

/// <summary>An update before it is known how it travels.</summary>
/// <param name="Build">Writes its JSON, given the messenger's running number of the update.</param>
internal sealed record PendingUpdate(string Type, string Chat, Func<long, byte[]> Build)
{
    internal string? Id { get; init; }
}
