namespace OptFm.Server.Backups.Postgres;

/// <summary>What a dump was found to hold.</summary>
/// <param name="Rows">Of each table.</param>
/// <param name="Sequences">Where the numbering of ids stood, by the sequence's name.</param>
/// <param name="Schema">Number of the schema; null where the dump does not tell.</param>
/// <param name="Waiting">Messages and replies that would still be answered or sent.</param>
internal sealed record DumpedRows(IReadOnlyDictionary<string, long> Rows, IReadOnlyDictionary<string, long> Sequences, int? Schema, long Waiting)
{
    public DatabaseContents Contents(int schema) =>
        new(schema, Rows.GetValueOrDefault("conversation"), Rows.GetValueOrDefault("inbox"), Rows.GetValueOrDefault("outbox"), Waiting);
}
