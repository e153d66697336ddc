using OptFm.Bench.Chaos.Faults;
using OptFm.Sandbox.Faults;

namespace OptFm.Bench.Chaos.Accounts;

/// <summary>
/// Why replies came twice. Allowed is only what two witnesses confirm: the server has counted at least as many unknown outcomes of the reply, and
/// outside of it something is known that kept the outcome of the earlier send from the database, at the very node that made it.
/// </summary>
internal sealed class Duplicates(ChaosLedger ledger, IReadOnlyList<ChaosEvent> events, StoredReplies stored)
{
    public const string Unexplained = "unexplained";

    private static readonly Dictionary<string, string> AtTheNode = new(StringComparer.Ordinal)
    {
        [KillNode.Name] = "node_killed",
        [FreezeNode.Name] = "node_frozen",
        [RestartNode.Name] = "node_stopped",
    };

    private static readonly HashSet<string> OfTheStore = ["terminate_backends", "restart_postgres", FailOver.Name, "full_disk"];

    /// <returns>Every reply too many with its cause.</returns>
    public IReadOnlyList<(AskedUpdate Update, string Cause)> Find() =>
        [.. ledger.All.Where(update => update.Copies.Count > 1).SelectMany(update => CausesOf(update).Select(cause => (update, cause)))];

    private IEnumerable<string> CausesOf(AskedUpdate update)
    {
        var (rows, unknowns) = stored.Of(update);
        for (var i = 1; i < update.Copies.Count; i++)
            yield return rows != 1 || unknowns < i ? Unexplained : CauseOf(update.Copies[i - 1], update.Copies[i].At);
    }

    /// <param name="copy">The send whose outcome was to be unknown.</param>
    private string CauseOf(Copy copy, TimeSpan again)
    {
        if (ledger.Unanswered(copy) is { } left) return left == FaultKind.CutAfter ? "connection_cut" : "messenger_silent";

        var between = events.Where(happened => happened.Overlaps(copy.At, again)).ToList();
        if (between.Find(happened => happened.Subject == copy.Caller && AtTheNode.ContainsKey(happened.Kind)) is { } atTheNode) return AtTheNode[atTheNode.Kind];
        return between.Exists(happened => OfTheStore.Contains(happened.Kind)) ? "database_lost" : Unexplained;
    }
}
