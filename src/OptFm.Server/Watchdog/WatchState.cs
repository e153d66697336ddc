using System.Text.Json.Serialization;
using OptFm.Server.Doctor;

namespace OptFm.Server.Watchdog;

/// <summary>What a messenger says of our subscription.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Subscription>))]
public enum Subscription
{
    /// <summary>Not asked yet, or it never answered.</summary>
    Unknown,

    Stands,

    Gone,

    /// <summary>Updates are fetched, and none stands in the way.</summary>
    Polling,

    /// <summary>Updates are fetched, but a subscription stands, and polling gets nothing.</summary>
    Excluded,
}

/// <summary>What the last look at one subject found. Kept in the database: every node tells it, and a restart forgets nothing.</summary>
public sealed record WatchState
{
    /// <summary>The subject that is no channel.</summary>
    public const string Certificates = "certificates";

    /// <summary>When it was last looked at; null: never.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    public Subscription Subscription { get; init; }

    /// <summary>How many looks in a row the messenger did not answer.</summary>
    public int Unanswered { get; init; }

    /// <summary>Our subscribing again.</summary>
    public Effort Repairs { get; init; } = Effort.None;

    /// <summary>Our removing what was left of ours.</summary>
    public Effort Removals { get; init; } = Effort.None;

    /// <summary>Updates that wait at the messenger; null where it does not tell.</summary>
    public long? Pending { get; init; }

    /// <summary>How many looks in a row they were more than before.</summary>
    public int Growing { get; init; }

    /// <summary>When certificates expire, by name.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Ends { get; init; } = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);

    public IReadOnlyList<WatchWarning> Warnings { get; init; } = [];

    /// <summary>With these findings, of which those that are well are left out; what was found before keeps its time.</summary>
    public WatchState Told(IEnumerable<Finding> findings, DateTimeOffset now) => this with
    {
        Warnings = [.. findings.Where(finding => finding.Level is FindingLevel.Warning or FindingLevel.Failure).DistinctBy(finding => finding.Diagnosis.Id).Select(finding => WatchWarning.Of(finding, Since(finding.Diagnosis.Id) ?? now))],
    };

    private DateTimeOffset? Since(string id) => Warnings.FirstOrDefault(warning => warning.Id == id)?.Since;
}

/// <summary>Something the administrator should see to.</summary>
/// <param name="Id">As in docs/doctor.md.</param>
/// <param name="Level"><c>warning</c> or <c>failure</c>.</param>
/// <param name="Since">When it was first found.</param>
/// <param name="What">One line, in English; may name addresses.</param>
/// <param name="Mend">The command that mends it.</param>
public sealed record WatchWarning(string Id, string Level, DateTimeOffset Since, string What, string Mend)
{
    internal static WatchWarning Of(Finding finding, DateTimeOffset since) =>
        new(finding.Diagnosis.Id, finding.Level == FindingLevel.Failure ? "failure" : "warning", since, finding.What.English, finding.Mend.English);
}
