using OptFm.Server.Settings;
using OptFm.Server.Storage;

namespace OptFm.Server.Doctor.Checks;

/// <summary>What is wrong with a PostgreSQL server that answers.</summary>
internal static class PostgresJudge
{
    private const long Mebibyte = 1 << 20;
    private const long ManyDead = 100_000;
    private static readonly TimeSpan ClockOff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private static readonly Diagnosis Writable = new(
        "postgres-writable", Area.Storage,
        ("PostgreSQL takes writes", "PostgreSQL принимает запись"),
        ("A standby takes none, and a message that cannot be stored is not acknowledged.", "Реплика их не принимает, а сообщение, которое не сохранить, не подтверждается."),
        "sudo nano /etc/optfm/optfm.env && sudo systemctl restart optfm");

    private static readonly Diagnosis Tls = new(
        "postgres-tls", Area.Storage,
        ("the connection to PostgreSQL is encrypted", "соединение с PostgreSQL зашифровано"),
        ("Otherwise whoever listens on the way reads customers' messages.", "Иначе сообщения покупателей прочтёт любой, кто слушает по пути."),
        "sudo nano /etc/optfm/optfm.env && sudo systemctl restart optfm");

    private static readonly Diagnosis Connections = new(
        "postgres-connections", Area.Storage,
        ("connections of PostgreSQL", "соединения PostgreSQL"),
        ("A node that gets none refuses every message.", "Узел, которому соединений не досталось, отказывается от всех сообщений."),
        "sudo -u postgres psql -c 'ALTER SYSTEM SET max_connections = 200' && sudo systemctl restart postgresql");

    private static readonly Diagnosis Transactions = new(
        "postgres-transactions", Area.Storage,
        ("transactions left open", "незакрытые транзакции"),
        ("While one is open, nothing that was replaced or deleted since can be cleared away: tables grow and get slow.", "Пока она открыта, ничего изменённого и удалённого после неё не убрать: таблицы растут и замедляются."),
        "sudo -u postgres psql -c \"SELECT pid, application_name, now() - xact_start AS open, query FROM pg_stat_activity WHERE xact_start IS NOT NULL ORDER BY xact_start\"");

    private static readonly Diagnosis Dead = new(
        "postgres-vacuum", Area.Storage,
        ("PostgreSQL clears its tables up", "PostgreSQL убирает в таблицах"),
        ("Rows that were replaced and not cleared away make every look into the queue slower.", "Неубранные старые строки замедляют каждый взгляд в очередь."),
        "sudo -u postgres psql -d DATABASE -c 'VACUUM (ANALYZE)'");

    private static readonly Diagnosis Clock = new(
        "postgres-clock", Area.Storage,
        ("PostgreSQL's clock beside this machine's", "часы PostgreSQL и этой машины"),
        ("Deadlines follow the database's clock; a wrong one makes the times in lists and logs disagree.", "Сроки считаются по часам базы; если они неверны, времена в списках и журналах расходятся."),
        "sudo timedatectl set-ntp true && timedatectl");

    private static readonly Diagnosis Size = new(
        "postgres-size", Area.Storage,
        ("size of the database", "размер базы данных"),
        ("It grows with every message; the server's disk must hold it.", "Она растёт с каждым сообщением; места на диске сервера должно хватать."),
        "df -h /var/lib/postgresql");

    public static IReadOnlyList<Diagnosis> Diagnoses { get; } = [Writable, Tls, Connections, Transactions, Dead, Clock, Size];

    /// <param name="connections">DATABASE_CONNECTIONS.</param>
    public static IEnumerable<Finding> Find(PostgresFacts facts, int connections)
    {
        yield return facts.ReadOnly ? Writable.Failure(("this PostgreSQL is a standby: name all hosts in DATABASE_URL and add target_session_attrs=read-write", "эта PostgreSQL — реплика: перечислите в DATABASE_URL все серверы и добавьте target_session_attrs=read-write")) : Writable.Ok();
        yield return facts.Encrypted || facts.Local ? Tls.Ok() : Tls.Warning(("the connection to another machine is not encrypted: add sslmode=verify-full to DATABASE_URL", "соединение с другой машиной не зашифровано: добавьте sslmode=verify-full в DATABASE_URL"));
        yield return JudgeConnections(facts, connections);
        yield return facts.Longest < Long ? Transactions.Ok() : Transactions.Warning(($"a transaction has been open for {(int)facts.Longest.TotalMinutes} min", $"транзакция открыта уже {(int)facts.Longest.TotalMinutes} мин"));
        yield return facts.Dead < ManyDead || facts.Dead < facts.Live ? Dead.Ok() : Dead.Warning(($"{facts.Dead} old rows are not cleared away, beside {facts.Live} living ones", $"не убрано старых строк: {facts.Dead}, живых — {facts.Live}"));
        yield return JudgeClock(facts.Ahead);
        yield return Size.Ok(($"the database takes {facts.Bytes / Mebibyte} MB on the server", $"база занимает на сервере {facts.Bytes / Mebibyte} МБ"));
    }

    internal static Finding JudgeSchema(Diagnosis schema, int found) => found <= Migrator.KnownSchema
        ? schema.Ok()
        : schema.Failure(($"the database has schema {found}, made by a newer optfm; this one knows {Migrator.KnownSchema}", $"база имеет схему {found} от более новой optfm; эта знает {Migrator.KnownSchema}"));

    private static Finding JudgeConnections(PostgresFacts facts, int connections)
    {
        var needed = connections * facts.Nodes;
        if (needed > facts.Usable)
        {
            return Connections.Failure(
                ($"{facts.Nodes} nodes with DATABASE_CONNECTIONS={connections} want {needed} connections, and PostgreSQL has {facts.Usable}", $"узлам ({facts.Nodes}) с DATABASE_CONNECTIONS={connections} нужно соединений: {needed}, а у PostgreSQL их {facts.Usable}"));
        }

        return facts.Used < facts.Usable * 9 / 10
            ? Connections.Ok()
            : Connections.Warning(($"{facts.Used} of {facts.Usable} connections are taken", $"занято соединений: {facts.Used} из {facts.Usable}"));
    }

    private static Finding JudgeClock(TimeSpan ahead)
    {
        if (ahead.Duration() < ClockOff) return Clock.Ok();
        var seconds = (long)ahead.Duration().TotalSeconds;
        return Clock.Warning(ahead > TimeSpan.Zero
            ? ($"this machine's clock is {seconds} s ahead of PostgreSQL's", $"часы этой машины спешат на {seconds} с против часов PostgreSQL")
            : ($"this machine's clock is {seconds} s behind PostgreSQL's", $"часы этой машины отстают на {seconds} с от часов PostgreSQL"));
    }
}
