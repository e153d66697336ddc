using OptFm.Server.Storage;

namespace OptFm.Server.Retention;

/// <summary>What a round has deleted so far.</summary>
/// <param name="Rows">By table.</param>
/// <param name="Failed">Updates among them that never were answered.</param>
internal sealed record Trimmed(Dictionary<string, long> Rows, long Failed)
{
    public long Total => Rows.Values.Sum();
}

/// <summary>
/// Deletes what is over and older than a moment: some rows per transaction, with a rest after each, so that messages pass between them. Cut off anywhere,
/// the next round deletes the rest.
/// </summary>
/// <param name="onDuty">Asked before each transaction: only one node trims at a time.</param>
/// <param name="rest">Called after each.</param>
internal sealed class RetentionRound(Database database, Func<CancellationToken, Task<bool>> onDuty, Func<CancellationToken, Task> rest)
{
    /// <summary>Rows that are looked at, and deleted at most, at a time.</summary>
    public const int BatchRows = 500;

    /// <param name="cutoff">Unix ms.</param>
    /// <returns>Null when this node has not, or no longer, the duty.</returns>
    /// <exception cref="StoreException">The database failed; what was deleted is deleted.</exception>
    public async Task<Trimmed?> RunAsync(long cutoff, CancellationToken stop)
    {
        var trimmed = new Trimmed([], 0);
        foreach (var table in TrimmedTable.All)
        {
            for (var after = table.Start; after.Count > 0;)
            {
                if (!await onDuty(stop)) return null;
                (after, trimmed) = await StepAsync(table, after, cutoff, trimmed);
                await rest(stop);
            }
        }

        return trimmed;
    }

    /// <returns>Where the next step begins; no key when the table is done.</returns>
    private async Task<(IReadOnlyList<object> Next, Trimmed Trimmed)> StepAsync(TrimmedTable table, IReadOnlyList<object> after, long cutoff, Trimmed trimmed)
    {
        var rows = database.Read(session => table.Walk(session, after, BatchRows, cutoff));
        if (rows.Any(row => row.Old))
        {
            var deleted = await database.WriteAsync(session => table.Delete(session, after, rows[^1].Key, cutoff));
            trimmed.Rows[table.Name] = trimmed.Rows.GetValueOrDefault(table.Name) + deleted;
            trimmed = trimmed with { Failed = trimmed.Failed + rows.Count(row => row.Old && row.Remarkable) };
        }

        // One row of a clock that was wrong does not end the walk.
        var isLast = rows.Count < BatchRows || (table.Came is not null && rows.All(row => row.Came >= cutoff));
        return (isLast ? [] : rows[^1].Key, trimmed);
    }
}
