namespace OptFm.Sandbox.Faults;

/// <summary>What can go wrong between a bot and a messenger.</summary>
public enum FaultKind
{
    /// <summary>429, nothing done; with <see cref="Fault.RetryAfter"/> the wait is named.</summary>
    TooManyRequests,

    /// <summary>A 5xx (<see cref="Fault.Status"/>, 503 unless told) in the messenger's own JSON, nothing done.</summary>
    ServerError,

    /// <summary>A proxy's HTML page (<see cref="Fault.Status"/>, 502 unless told; 200 happens too), nothing done.</summary>
    HtmlBody,

    /// <summary>The call is done, its answer comes <see cref="Fault.Delay"/> later.</summary>
    Slow,

    /// <summary>The connection is cut and nothing was done.</summary>
    CutBefore,

    /// <summary>The call is done and the connection is cut instead of an answer.</summary>
    CutAfter,

    /// <summary>The connection stays open, nothing is done and nothing comes back until the bot hangs up.</summary>
    Hang,

    /// <summary>HTTP 200 that says <c>success:false</c> (MAX) or <c>ok:false</c>, nothing done.</summary>
    SuccessFalse,

    /// <summary>403: the person blocked the bot.</summary>
    Blocked,

    /// <summary>MAX's 400 <c>attachment.not.ready</c> (200 with <c>success:false</c> on edits).</summary>
    AttachmentNotReady,

    /// <summary>Telegram's 400 with <c>migrate_to_chat_id</c> (<see cref="Fault.MovedTo"/>).</summary>
    Moved,

    /// <summary>An update is delivered twice at the same time.</summary>
    DuplicateDelivery,

    /// <summary>An update is delivered after the one that follows it, or after <see cref="Fault.Delay"/> if none does.</summary>
    ReorderDelivery,

    /// <summary>An update is delivered <see cref="Fault.Delay"/> later; others overtake it.</summary>
    DelayDelivery,
}

/// <summary>A fault and what it applies to.</summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>Only this call: <c>sendMessage</c>, <c>POST /messages</c>…; null is every call.</summary>
    public string? Method { get; init; }

    /// <summary>Only this chat; null is every chat.</summary>
    public string? Chat { get; init; }

    /// <summary>The wait a 429 names: whole seconds in the JSON of the Telegram-shaped, a Retry-After header at MAX. Null names none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>HTTP status where the kind has a choice; 0 is the kind's usual one.</summary>
    public int Status { get; init; }

    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(5);

    public string? MovedTo { get; init; }

    internal bool IsOfDeliveries => Kind is FaultKind.DuplicateDelivery or FaultKind.ReorderDelivery or FaultKind.DelayDelivery;

    internal bool Fits(string? method, string? chat) =>
        (Method is null || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase)) && (Chat is null || Chat == chat);
}
