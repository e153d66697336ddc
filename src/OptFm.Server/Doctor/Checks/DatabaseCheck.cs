using Microsoft.Data.Sqlite;
using OptFm.Server.Storage;
using SQLitePCL;

namespace OptFm.Server.Doctor.Checks;

/// <summary>SQLite's database: there, whole, of a schema this program knows; and what waits in it. Read only, beside a running server.</summary>
internal sealed class DatabaseCheck : ICheck
{
    private static readonly Diagnosis Whole = new(
        "database", Area.Storage,
        ("the database", "база данных"),
        ("It holds every message that was acknowledged and not answered yet.", "В ней каждое принятое и ещё не отвеченное сообщение."),
        "sudo systemctl stop optfm && sudo optfm restore FILE");

    internal static readonly Diagnosis Schema = new(
        "database-schema", Area.Storage,
        ("version of the database", "версия базы данных"),
        ("A program older than its database does not start.", "Программа старше своей базы не запускается."),
        "sudo apt install ./optfm_NEWER_amd64.deb");

    private static readonly Diagnosis Owner = new(
        "database-owner", Area.Storage,
        ("owner of the database", "владелец базы данных"),
        ("A file that root made there keeps the service from writing.", "Файл, созданный там от root, не даёт службе писать."),
        "sudo chown -R optfm:optfm /var/lib/optfm && sudo systemctl restart optfm");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Whole, Schema, Owner, .. BacklogJudge.Diagnoses];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        if (context.Settings.Storage.Postgres is not null) return [];
        var file = context.Settings.Storage.DatabaseFile;
        if (!File.Exists(file)) return [Whole.Unchecked(($"{file} is made at the first start of the server", $"{file} появится при первом запуске сервера"))];

        var findings = new List<Finding>();
        foreach (var path in (string[])[file, file + "-wal", file + "-shm"])
        {
            if (File.Exists(path) && await ServiceAccess.IsWritableAsync(context, path, stop) == false)
                findings.Add(Owner.Failure(($"the service (user {context.ServiceUser}) may not write {path}", $"служба (пользователь {context.ServiceUser}) не может писать в {path}"), $"sudo chown -R {context.ServiceUser}:{context.ServiceUser} {context.DataFolder} && {context.Restart}"));
        }

        findings.AddRange(Read(file, context, stop));
        return findings;
    }

    private static List<Finding> Read(string file, DoctorContext context, CancellationToken stop)
    {
        try
        {
            using var connection = Open(file);
            using var session = new SqliteSession(connection);
            using var interrupt = stop.Register(() => raw.sqlite3_interrupt(connection.Handle!));
            var version = session.First("PRAGMA user_version", r => r.GetInt32(0));
            if (version > Migrator.KnownSchema)
                return [Schema.Failure(($"the database has schema {version}, made by a newer optfm; this one knows {Migrator.KnownSchema}", $"база имеет схему {version} от более новой optfm; эта знает {Migrator.KnownSchema}"))];

            return [Schema.Ok(), Inspect(session, file, context), .. BacklogJudge.Find(session, context.Clock.GetUtcNow())];
        }
        catch (SqliteException e)
        {
            return [Refused(e, file, context)];
        }
    }

    /// <summary>
    /// Without a write-ahead log nobody has it open, and it is read as immutable: a reader that may not write would make the log's files and
    /// could not remove them. https://sqlite.org/uri.html#uriimmutable
    /// </summary>
    private static SqliteConnection Open(string file)
    {
        var source = File.Exists(file + "-wal") ? file : $"file:{Uri.EscapeDataString(file)}?immutable=1";
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 3 }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>quick_check leaves out comparing indexes with tables, which takes minutes on a large database. https://sqlite.org/pragma.html#pragma_quick_check</summary>
    private static Finding Inspect(Session session, string file, DoctorContext context)
    {
        var found = session.All("PRAGMA quick_check(1)", r => r.GetString(0));
        return found is ["ok"] ? Whole.Ok() : Damaged(file, context);
    }

    private static Finding Damaged(string file, DoctorContext context) =>
        Whole.Failure(($"{file} is damaged: SQLite's own check fails", $"{file} повреждён: его не принимает проверка SQLite"), $"sudo systemctl stop optfm && sudo optfm restore {Path.Combine(context.DataFolder, "backups")}/FILE");

    private static Finding Refused(SqliteException e, string file, DoctorContext context) => e.SqliteErrorCode switch
    {
        raw.SQLITE_INTERRUPT => Whole.Unchecked(($"{file} is too large to be checked in a few seconds", $"{file} слишком велик, чтобы проверить за секунды"), $"sudo sqlite3 {file} 'PRAGMA quick_check'"),
        raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT => Damaged(file, context),
        raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM when !context.IsRoot => Whole.NeedsRoot(),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Whole.Unchecked(($"{file} is busy", $"{file} занят")),
        _ => Whole.Failure(($"{file} cannot be opened (SQLite error {e.SqliteErrorCode})", $"{file} не открывается (ошибка SQLite {e.SqliteErrorCode})")),
    };
}
