using System.Data;
using System.Data.Common;
using Npgsql;
using OptFm.Server.Operations;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Backups.Postgres;

/// <summary>A database on a PostgreSQL server: <c>pg_dump</c> copies one snapshot of it, which holds nobody up.</summary>
internal sealed class PostgresStored(PostgresOptions server, TimeProvider clock) : IStoredDatabase
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(12);

    public string CopyName => Manifest.Dump;

    public int Format => Manifest.PostgresFormat;

    public string Place => server.Place;

    /// <summary>Rows are packed in the dump.</summary>
    public Task<long> SizeAsync(CancellationToken stop) => WithAsync(Link.BackupName, async connection =>
    {
        await SchemaAsync(connection, stop);
        return await connection.NumberAsync(
            "SELECT COALESCE(sum(pg_table_size(c.oid)), 0) FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = ANY (@tables) AND c.relkind = 'r'",
            stop,
            ("tables", OwnTables.All.ToArray()));
    }, stop);

    public Task<CopiedDatabase> CopyAsync(string copy, CancellationToken stop) => WithAsync(Link.BackupName, async connection =>
    {
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        var schema = await SchemaAsync(connection, stop);
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in OwnTables.Of(schema)) rows[table] = await connection.NumberAsync($"SELECT count(*) FROM {Link.Quoted(table)}", stop);
        await DumpAsync(connection, schema, copy, stop, $"--snapshot={await connection.AskAsync("SELECT pg_export_snapshot()", stop)}");
        return new CopiedDatabase(await new Dump(copy, schema).CheckAsync(rows, stop), rows);
    }, stop);

    public async Task<IHeldDatabase> HoldAsync(CancellationToken stop)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await Link.OpenAsync(server, Link.RestoreName, stop);
            await new LivingServers(server, clock).RequireNoneAsync(connection, stop);
            return new HeldPostgres(this, server, connection);
        }
        catch (Exception e)
        {
            if (connection is not null) await connection.DisposeAsync();
            throw InWords(e);
        }
    }

    /// <param name="more">Of pg_dump's options.</param>
    public async Task DumpAsync(NpgsqlConnection connection, int schema, string copy, CancellationToken stop, params string[] more)
    {
        var program = await new ClientPrograms().FindAsync("pg_dump", connection.PostgreSqlVersion.Major, stop);
        var folder = Link.Quoted((string)(await connection.AskAsync("SELECT current_schema()::text", stop))!);
        string[] arguments =
        [
            "--format=custom", "--no-owner", "--no-privileges", "--no-password", "--encoding=UTF8", "--lock-wait-timeout=60s", $"--file={copy}", .. more,
            .. OwnTables.Of(schema).Select(table => $"--table={folder}.{Link.Quoted(table)}"),
        ];
        var ran = await ExternalProgram.RunAsync(program, arguments, Patience, stop, ClientPrograms.Environment(connection, server.Address));
        if (ran.Succeeded) return;

        var said = ran.TimedOut ? "timeout" : string.Concat(ran.Output.ReplaceLineEndings("; ").Where(c => !char.IsControl(c)));
        throw new BackupException($"pg_dump refuses: {said}", $"pg_dump отказал: {said}");
    }

    /// <returns>The number of the database's schema; 0 where it holds nothing of ours.</returns>
    public static async Task<int> SchemaOrNoneAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        if (await connection.AskAsync($"SELECT to_regclass('{OwnTables.Schema}')::text", stop) is null) return 0;
        return (int)await connection.NumberAsync($"SELECT COALESCE(max(version), 0) FROM {OwnTables.Schema}", stop);
    }

    /// <summary>What is left to say of a failure.</summary>
    public Exception InWords(Exception e) => e switch
    {
        StoreException known => BackupException.OfServer(known),
        DbException or TimeoutException => BackupException.OfServer(PostgresProblem.Of(e, server.Place)),
        _ => e,
    };

    private async Task<int> SchemaAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var schema = await SchemaOrNoneAsync(connection, stop);
        if (schema == 0)
        {
            throw new BackupException(
                $"{Place} holds nothing of optfm: there is nothing to back up. Check DATABASE_URL, or start the server first.",
                $"В {Place} нет ничего от optfm: копировать нечего. Проверьте DATABASE_URL или сначала запустите сервер.");
        }

        if (schema <= Migrator.KnownSchema) return schema;
        throw new BackupException(
            $"{Place} has schema {schema}, made by a newer optfm; this one knows {Migrator.KnownSchema} and would leave out the rest. Update this node, or back up on one that is updated.",
            $"{Place} имеет схему {schema}, её сделал более новый optfm; этот знает {Migrator.KnownSchema} и остальное бы пропустил. Обновите этот узел или делайте копию на обновлённом.");
    }

    private async Task<T> WithAsync<T>(string name, Func<NpgsqlConnection, Task<T>> work, CancellationToken stop)
    {
        try
        {
            await using var connection = await Link.OpenAsync(server, name, stop);
            return await work(connection);
        }
        catch (Exception e) when (e is StoreException or DbException or TimeoutException)
        {
            throw InWords(e);
        }
    }
}
