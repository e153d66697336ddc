using OptFm.Server.Operations;

namespace OptFm.Server.Backups.Postgres;

/// <summary>A file that <c>pg_dump</c> made, or somebody says so.</summary>
/// <param name="file">In pg_dump's custom format.</param>
/// <param name="schema">The number of the schema that it must hold.</param>
internal sealed class Dump(string file, int schema)
{
    /// <summary>How much larger than the dump its rows may be; the dump is packed.</summary>
    private const int MostRatio = 100;

    private const long AlwaysAllowed = 64 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromHours(12);

    /// <summary>Reads all of it.</summary>
    /// <param name="rows">What was counted in the database at the moment of the dump.</param>
    /// <exception cref="BackupException">It is damaged, lacks something, or is newer than this program.</exception>
    public async Task<DatabaseContents> CheckAsync(IReadOnlyDictionary<string, long> rows, CancellationToken stop)
    {
        RequireKnown(schema);
        return (await ReadAsync(rows, (_, _, _) => Task.FromResult(StreamWriter.Null), stop)).Contents(schema);
    }

    /// <param name="rows">What was counted in the database at the moment of the dump.</param>
    /// <param name="open">Called with a table and its columns; its stream takes the rows.</param>
    /// <exception cref="BackupException">It is damaged or lacks something; what was read before must not be used.</exception>
    public async Task<DumpedRows> ReadAsync(
        IReadOnlyDictionary<string, long> rows, Func<string, IReadOnlyList<string>, CancellationToken, Task<StreamWriter>> open, CancellationToken stop)
    {
        try
        {
            var found = await ReadAsync(open, stop);
            // Every table that the schema has must be there, and nothing else.
            var expected = OwnTables.Of(schema);
            if (found.Schema != schema || !expected.Order().SequenceEqual(found.Rows.Keys.Order(), StringComparer.Ordinal)) throw BackupException.Damaged("this is no database of optfm");
            var wrong = expected.FirstOrDefault(table => rows.GetValueOrDefault(table, -1) != found.Rows[table]);
            return wrong is null ? found : throw BackupException.Damaged($"{wrong} has {found.Rows[wrong]} rows instead of {rows.GetValueOrDefault(wrong, 0)}");
        }
        catch (InvalidDataException e)
        {
            throw BackupException.Damaged(e.Message, e);
        }
    }

    public static void RequireKnown(int schema)
    {
        if (schema > Storage.Migrator.KnownSchema) throw DatabaseContents.Newer(schema);
        if (schema < 1) throw BackupException.Damaged("this is no database of optfm");
    }

    private async Task<DumpedRows> ReadAsync(Func<string, IReadOnlyList<string>, CancellationToken, Task<StreamWriter>> open, CancellationToken stop)
    {
        var program = await new ClientPrograms().FindAsync("pg_restore", 0, stop);
        var most = AlwaysAllowed + (MostRatio * new FileInfo(file).Length);
        DumpedRows? rows = null;
        var ran = await ExternalProgram.StreamAsync(program, ["--data-only", "--no-owner", "--file=-", file], ReadScriptAsync, Patience, stop);
        return ran.Succeeded && rows is not null ? rows : throw BackupException.Damaged($"pg_restore: {FirstLine(ran.Output)}");

        async Task ReadScriptAsync(Stream script, CancellationToken limit)
        {
            await using var bounded = new BoundedStream(script, most);
            rows = await new DumpScript(open).ReadAsync(bounded, limit);
        }
    }

    private static string FirstLine(string output) => string.Concat(output.Split('\n')[0].Where(c => !char.IsControl(c)));
}
