using System.Data.Common;
using Npgsql;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Backups.Postgres;

/// <summary>
/// A server's database about to be replaced, in one transaction: our tables go, are made anew as of the backup and filled. Until the commit
/// nothing has happened, however this process ends.
/// </summary>
internal sealed class HeldPostgres(PostgresStored stored, PostgresOptions server, NpgsqlConnection connection) : IHeldDatabase
{
    private NpgsqlTransaction? _transaction;

    public string? Mark { get; } = RestoreMark.New();

    public async Task<IReadOnlyList<ReplacementStep>> PrepareAsync(CheckedBackup backup, string kept, CancellationToken stop)
    {
        var old = Path.Combine(kept, Manifest.Dump);
        try
        {
            await KeepAsync(old, stop);
            _transaction = await connection.BeginTransactionAsync(stop);
            await connection.RunAsync($"DROP TABLE IF EXISTS {DumpLoad.List(OwnTables.All)}", stop);
            await DumpLoad.RunAsync(connection, backup, stop);
            // The servers of then are dead: what they held is free at once.
            if (OwnTables.Of(backup.Manifest.Schema).Contains("node")) await connection.RunAsync("UPDATE node SET until = 0", stop);
            await RestoreMark.SetAsync(connection, Mark!, stop);
            return [];
        }
        catch (Exception e)
        {
            File.Delete(old);
            throw stored.InWords(e);
        }
    }

    public async Task SealAsync()
    {
        try
        {
            await _transaction!.CommitAsync();
        }
        catch (Exception e) when (PostgresErrors.IsConnectionLost(e))
        {
            if (!WasSealed(e)) throw stored.InWords(e);
        }
    }

    /// <summary>A transaction that was not committed is undone by the server.</summary>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private bool WasSealed(Exception lost)
    {
        try
        {
            return RestoreMark.IsIn(new StorageOptions { DatabaseFile = "", Postgres = server }, Mark!);
        }
        catch (Exception e) when (e is StoreException or DbException)
        {
            throw new OutcomeUnknownException(lost);
        }
    }

    /// <summary>What is replaced, so that a restore of the wrong backup can be taken back: <c>pg_restore --clean --if-exists --no-owner --dbname=… FILE</c>.</summary>
    private async Task KeepAsync(string file, CancellationToken stop)
    {
        var schema = await PostgresStored.SchemaOrNoneAsync(connection, stop);
        if (schema == 0) return;
        if (schema > Migrator.KnownSchema)
        {
            throw new BackupException(
                $"{server.Place} has schema {schema}, made by a newer optfm; this one knows {Migrator.KnownSchema} and cannot put it aside. Install the newer version, or name an empty database in DATABASE_URL: sudo -u postgres createdb -O USER DATABASE. Nothing was changed.",
                $"{server.Place} имеет схему {schema}, её сделал более новый optfm; этот знает {Migrator.KnownSchema} и не может её отложить. Установите новую версию или укажите в DATABASE_URL пустую базу: sudo -u postgres createdb -O ПОЛЬЗОВАТЕЛЬ БАЗА. Ничего не изменено.");
        }

        DiskSpace.Require(Path.GetDirectoryName(file)!, await stored.SizeAsync(stop));
        await stored.DumpAsync(connection, schema, file, stop);
        FileOwner.Of(Path.GetDirectoryName(file)!)?.Own(file);
        Durable.Flush(file);
    }
}
