using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Storage;

/// <summary>What would be done to the configured database to bring it to this program's schema.</summary>
/// <param name="Place">Where the database is, for people; without a password.</param>
/// <param name="Schema">How many migrations it has seen.</param>
/// <param name="Known">How many this program knows.</param>
/// <param name="Steps">What it has not seen yet.</param>
internal sealed record MigrationPlan(string Place, int Schema, int Known, IReadOnlyList<Migration> Steps)
{
    /// <summary>Looks and changes nothing.</summary>
    /// <returns>Null where there is no database yet: a server makes it.</returns>
    /// <exception cref="StoreException">The database cannot be reached, or was made by a newer program.</exception>
    public static MigrationPlan? Of(StorageOptions options) => options.Postgres is { } server ? OfPostgres(server) : OfSqlite(options.DatabaseFile);

    /// <summary>Every statement with whom it keeps waiting, in order.</summary>
    public IEnumerable<(Migration Step, MigrationStatement Statement, MigrationLock Lock)> Statements()
    {
        var fresh = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var step in Steps)
        {
            foreach (var statement in step.Statements)
            {
                if (statement.Creates is { } table) fresh.Add(table);
                yield return (step, statement, statement.Lock(fresh));
            }
        }
    }

    private static MigrationPlan OfPostgres(PostgresOptions server) => From(server.Place, PostgresMigrator.SchemaOf(server), Migrator.Postgres);

    private static MigrationPlan? OfSqlite(string file)
    {
        if (!File.Exists(file)) return null;

        try
        {
            using var session = new SqliteSession(SqliteDatabase.Connect(file));
            return From(file, Migrator.Schema(session), Migrator.Sqlite);
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            throw new StoreException($"cannot open {file}: {e.Message}", e) { InRussian = $"не открыть {file}: {e.Message}" };
        }
    }

    private static MigrationPlan From(string place, int schema, IReadOnlyList<Migration> files) =>
        schema > files.Count ? throw Migrator.Newer(schema, files.Count) : new(place, schema, files.Count, [.. files.Skip(schema)]);
}
