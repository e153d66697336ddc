namespace OptFm.Sandbox.Records;

/// <summary>What the messengers saw the bot do, all three together.</summary>
public sealed class SandboxLog(bool keep, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();

    private long calls;

    /// <summary>Every call that reached a messenger with the right token and a readable body, once it is over.</summary>
    public Seen<SeenCall> Calls { get; } = new(keep);

    public Seen<SentMessage> Sent { get; } = new(keep);

    public Seen<EditedMessage> Edits { get; } = new(keep);

    public Seen<CallbackAnswer> CallbackAnswers { get; } = new(keep);

    public Seen<Violation> Violations { get; } = new(keep);

    public Seen<DeliveryAttempt> Deliveries { get; } = new(keep);

    internal TimeSpan Now => time.GetElapsedTime(start);

    internal long NextCall() => Interlocked.Increment(ref calls);

    public void Clear()
    {
        Calls.Clear();
        Sent.Clear();
        Edits.Clear();
        CallbackAnswers.Clear();
        Violations.Clear();
        Deliveries.Clear();
    }
}
