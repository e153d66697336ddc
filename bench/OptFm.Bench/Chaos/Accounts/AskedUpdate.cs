using OptFm.Sandbox;

namespace OptFm.Bench.Chaos.Accounts;

/// <summary>One question of a customer and all that was seen of it. A chat asks a question once, so chat and question are its key.</summary>
internal sealed class AskedUpdate(Messenger messenger, string chat, string question, TimeSpan writtenAt)
{
    public Messenger Messenger => messenger;

    public string Chat => chat;

    public string Question => question;

    public TimeSpan WrittenAt => writtenAt;

    /// <summary>When the first try to deliver it began.</summary>
    public TimeSpan? FirstPostAt { get; set; }

    /// <summary>When the first 200 came, or when the messenger kept it to be fetched.</summary>
    public TimeSpan? AckedAt { get; set; }

    public string? AckedBy { get; set; }

    public List<Post> Posts { get; } = [];

    /// <summary>The replies as the messenger received them; one is right.</summary>
    public List<Copy> Copies { get; } = [];

    public bool Waits => AckedAt is not null && Copies.Count == 0;
}

/// <summary>A try to deliver an update to a node; no status where no answer came.</summary>
internal sealed record Post(string Node, TimeSpan At, int? Status);

/// <summary>A reply in the messenger.</summary>
internal sealed record Copy(TimeSpan At, string Caller, long Call);
