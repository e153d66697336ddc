namespace OptFm.Bench.Scale;

/// <summary>The database of an installation, as the bench sees it beside the nodes.</summary>
internal abstract class TestedStore
{
    public abstract string Name { get; }

    /// <summary>DATABASE_URL of the nodes; empty where it is a file of theirs.</summary>
    public abstract string Url { get; }

    /// <summary>How SQL makes bytes of a text that it made of the column <c>body</c>, in which one word was replaced.</summary>
    public abstract string ReplacedBody(string word, string by);

    /// <summary>What its own processes have used; nothing where it is a part of the nodes.</summary>
    public abstract TimeSpan Cpu();

    /// <summary>Runs statements that may take minutes. No node may run meanwhile.</summary>
    public abstract Task FillAsync(IEnumerable<string> statements, CancellationToken stop);

    /// <summary>Leaves the database as it is after a while of its own upkeep.</summary>
    public abstract Task TidyAsync(CancellationToken stop);

    /// <summary>How many pages of tables and indexes were asked for since the start, and how many tables read whole; null where nobody counts.</summary>
    public abstract Task<(long Pages, long WholeReads)?> ReadsAsync();

    /// <summary>Claims lanes and undoes it.</summary>
    /// <param name="most">How many lanes.</param>
    public abstract Task<ClaimPlan> ExplainClaimAsync(int most);
}

/// <summary>How a statement was run.</summary>
/// <param name="Steps">What the database did, the outermost first.</param>
/// <param name="Pages">Pages it asked for; null where nobody counts.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record ClaimPlan(IReadOnlyList<string> Steps, long? Pages, double Milliseconds);
