using System.Globalization;
using Npgsql;
using OptFm.Server.Storage;

namespace OptFm.Server.Backups.Postgres;

/// <summary>
/// Puts a dump's rows into tables that this program makes itself, by its own statements: what a backup holds is data and never runs.
/// </summary>
internal static class DumpLoad
{
    /// <param name="connection">In a transaction; in the first schema of its path none of this program's tables is left.</param>
    /// <exception cref="BackupException">The backup cannot be loaded; the transaction must be undone.</exception>
    public static async Task RunAsync(NpgsqlConnection connection, CheckedBackup backup, CancellationToken stop)
    {
        var table = "";
        try
        {
            await MakeAsync(connection, backup.Manifest.Schema, stop);
            var dump = new Dump(Path.Combine(backup.Folder, Manifest.Dump), backup.Manifest.Schema);
            var rows = await dump.ReadAsync(backup.Manifest.Rows!, OpenAsync, stop);
            table = "sequences";
            await CountOnAsync(connection, rows, stop);
            foreach (var (name, count) in rows.Rows)
            {
                if (await connection.NumberAsync($"SELECT count(*) FROM {Link.Quoted(name)}", stop) != count) throw BackupException.Damaged($"{name} lost rows");
            }

            await connection.RunAsync($"ANALYZE {List(rows.Rows.Keys)}", stop);
        }
        catch (PostgresException e) when (e.SqlState.StartsWith("22", StringComparison.Ordinal) || e.SqlState.StartsWith("23", StringComparison.Ordinal) || e.SqlState.StartsWith("42", StringComparison.Ordinal))
        {
            // The server's own words would quote what customers wrote.
            throw BackupException.Damaged($"{table}: SQLSTATE {e.SqlState}", e);
        }

        async Task<StreamWriter> OpenAsync(string name, IReadOnlyList<string> columns, CancellationToken limit)
        {
            table = name;
            return (StreamWriter)await connection.BeginTextImportAsync($"COPY {Link.Quoted(name)} ({List(columns)}) FROM STDIN", limit);
        }
    }

    public static string List(IEnumerable<string> names) => string.Join(", ", names.Select(Link.Quoted));

    /// <summary>As they were when the backup was made. The server's next start brings them to its own schema.</summary>
    private static async Task MakeAsync(NpgsqlConnection connection, int schema, CancellationToken stop)
    {
        await connection.RunAsync($"CREATE TABLE {OwnTables.Schema} (version INTEGER NOT NULL)", stop);
        foreach (var file in Migrator.Postgres.Take(schema)) await connection.RunAsync(file.Sql, stop);
        // What a migration puts into its tables is in the backup.
        await connection.RunAsync($"TRUNCATE {List(OwnTables.Of(schema))}", stop);
    }

    /// <summary>Ids go on where they stood: that of a row deleted long ago must not come again.</summary>
    private static async Task CountOnAsync(NpgsqlConnection connection, DumpedRows rows, CancellationToken stop)
    {
        const string Identities =
            "SELECT string_agg(table_name || '.' || column_name, ',') FROM information_schema.columns WHERE is_identity = 'YES' AND table_schema = current_schema()";
        var identities = await connection.AskAsync(Identities, stop) as string ?? "";
        foreach (var identity in identities.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('.')))
        {
            var (table, column) = (identity[0], identity[1]);
            if (!rows.Rows.ContainsKey(table)) continue;
            var stood = rows.Sequences.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"{table}_{column}_seq"), 1);
            await connection.RunAsync(
                string.Create(CultureInfo.InvariantCulture, $"SELECT setval(pg_get_serial_sequence('{Link.Quoted(table)}', '{column}'), greatest({stood}, (SELECT max({Link.Quoted(column)}) FROM {Link.Quoted(table)})))"), stop);
        }
    }
}
