using System.Data.Common;
using OptFm.Server.Settings;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Backups.Postgres;

/// <summary>
/// The full proof that a dump can be restored: loads it into the server, in a schema of its own and in a transaction that is undone. Nobody
/// sees anything of it, and nothing of it is left, however this process ends.
/// </summary>
internal static class TrialLoad
{
    private const string Refused = "42501"; // insufficient_privilege

    /// <returns>Why it could not be tried; null when it was, and succeeded.</returns>
    /// <exception cref="BackupException">The backup cannot be restored.</exception>
    public static async Task<Words?> RunAsync(PostgresOptions? server, CheckedBackup backup, CancellationToken stop)
    {
        if (server is null) return ("DATABASE_URL names no PostgreSQL to try it on", "DATABASE_URL не указывает на PostgreSQL, на которой это можно попробовать");
        try
        {
            await using var connection = await Link.OpenAsync(server, Link.BackupName, stop);
            await using var transaction = await connection.BeginTransactionAsync(stop);
            var schema = Link.Quoted($"optfm_trial_{Guid.NewGuid():N}");
            await connection.RunAsync($"CREATE SCHEMA {schema}; SET LOCAL search_path = {schema}", stop);
            await DumpLoad.RunAsync(connection, backup, stop);
            await transaction.RollbackAsync(stop);
            return null;
        }
        catch (StoreException e)
        {
            return (e.Message, e.InRussian);
        }
        catch (DbException e) when (e.SqlState == Refused)
        {
            return ("the user of DATABASE_URL may make no schema to try it in: GRANT CREATE ON DATABASE … TO …", "пользователь из DATABASE_URL не может создать схему для пробы: GRANT CREATE ON DATABASE … TO …");
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            var problem = PostgresProblem.Of(e, server.Place);
            return (problem.Message, problem.InRussian);
        }
    }
}
