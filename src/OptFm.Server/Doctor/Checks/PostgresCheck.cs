using System.Data.Common;
using Npgsql;
using OptFm.Server.Backups;
using OptFm.Server.Backups.Postgres;
using OptFm.Server.Settings;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Doctor.Checks;

/// <summary>The PostgreSQL server of DATABASE_URL: reached, fit, and what waits in it. Reads only, on one connection of its own.</summary>
internal sealed class PostgresCheck : ICheck
{
    public static readonly Diagnosis Reached = new(
        "postgres", Area.Storage,
        ("the PostgreSQL server", "сервер PostgreSQL"),
        ("Without it no message is accepted: the messengers hear 503 and try again later.", "Без неё не принять ни одного сообщения: мессенджеры получают 503 и повторяют позже."),
        "systemctl status postgresql; sudo journalctl -u 'postgresql*' -n 50");

    private static readonly Diagnosis Client = new(
        "postgres-client", Area.Storage,
        ("pg_dump of the server's version", "pg_dump версии сервера"),
        ("Backups are made by it.", "Им делаются резервные копии."),
        "sudo apt install postgresql-client");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Reached, Client, .. PostgresJudge.Diagnoses];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        if (context.Settings.Storage.Postgres is not { } server) return [];
        try
        {
            await using var connection = await Link.OpenAsync(server, "optfm doctor", stop);
            var facts = await PostgresFacts.AskAsync(connection, context.Clock, stop);
            List<Finding> findings =
            [
                Reached.Ok(($"PostgreSQL {facts.Version} at {server.Place}", $"PostgreSQL {facts.Version}, {server.Place}")),
                await ClientAsync(connection, stop),
                .. PostgresJudge.Find(facts, server.Connections),
            ];
            if (facts.Schema == 0) return [.. findings, DatabaseCheck.Schema.Unchecked(("the tables are made at the first start of the server", "таблицы появятся при первом запуске сервера"))];

            findings.Add(PostgresJudge.JudgeSchema(DatabaseCheck.Schema, facts.Schema));
            using var session = new PostgresSession(connection, new DatabaseFigures());
            findings.AddRange(BacklogJudge.Find(session, context.Clock.GetUtcNow() - facts.Ahead));
            return findings;
        }
        catch (StoreException e)
        {
            return [Reached.Failure(OneLine(e), Mend(e, server, context))];
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            return [Reached.Failure(OneLine(PostgresProblem.Of(e, server.Place)))];
        }
    }

    private static async Task<Finding> ClientAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        try
        {
            await new ClientPrograms().FindAsync("pg_dump", connection.PostgreSqlVersion.Major, stop);
            return Client.Ok();
        }
        catch (BackupException e)
        {
            return Client.Warning((e.Message, e.In(AdministratorLanguage.Russian)), $"sudo apt install postgresql-client-{connection.PostgreSqlVersion.Major}");
        }
    }

    private static Words OneLine(StoreException e) => (e.Message.ReplaceLineEndings(" "), e.InRussian.ReplaceLineEndings(" "));

    /// <summary>The command for what is wrong with the settings or on the server.</summary>
    private static Words Mend(StoreException problem, PostgresOptions server, DoctorContext context) => (problem.InnerException as PostgresException)?.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => context.EditSettings,
        PostgresErrorCodes.InvalidCatalogName => $"sudo -u postgres createdb -O {server.Address.Username} {server.Address.Database}",
        PostgresErrorCodes.TooManyConnections => "sudo -u postgres psql -c 'SELECT application_name, client_addr, count(*) FROM pg_stat_activity GROUP BY 1, 2 ORDER BY 3 DESC'",
        _ when PostgresProblem.IsOfTls(problem) => context.EditSettings,
        _ => Reached.Mend,
    };
}
