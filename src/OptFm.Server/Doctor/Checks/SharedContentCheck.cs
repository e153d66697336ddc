using System.Data.Common;
using Npgsql;
using OptFm.Server.Answers;
using OptFm.Server.Content;
using OptFm.Server.Faq;
using OptFm.Server.Products;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Doctor.Checks;

/// <summary>What the nodes of one PostgreSQL answer from: readable by this program, and what this node's files are beside it. Read only.</summary>
internal sealed class SharedContentCheck : ICheck
{
    private static readonly Diagnosis Shared = new(
        "shared-content", Area.Answers,
        ("what the nodes share", "общее у всех узлов"),
        ("The nodes answer from the database, not from their files.", "Узлы отвечают из базы, а не из своих файлов."),
        "sudo optfm content import NAME FILE");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Shared];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        if (context.Settings.Storage.Postgres is not { } server) return [];
        try
        {
            await using var source = new NpgsqlDataSourceBuilder(server.Configured().ConnectionString).Build();
            await using var connection = await source.OpenConnectionAsync(stop);
            using var session = new PostgresSession(connection, new DatabaseFigures());
            return Look(session, context);
        }
        catch (Exception e) when (e is DbException or ArgumentException or IOException or TimeoutException or InvalidOperationException)
        {
            return [Shared.Unchecked(($"PostgreSQL at {server.Place} does not answer", $"PostgreSQL ({server.Place}) не отвечает"))];
        }
    }

    private static List<Finding> Look(PostgresSession session, DoctorContext context)
    {
        if (session.First("SELECT to_regclass('content_head') IS NULL", r => r.GetBoolean(0)))
            return [Shared.Unchecked(("the database is brought up to date at the next start of the server", "база обновится при следующем запуске сервера"))];

        var (faq, price) = (context.Settings.Faq, context.Settings.Price);
        return
        [
            Look(session, FaqOptions.Shared(ContentName.Faq, faq.FaqFile, FaqOptions.File), (file, bytes, _) => FaqFile.ReadEntries(file, bytes)),
            Look(session, FaqOptions.Shared(ContentName.Phrases, faq.PhrasesFile, FaqOptions.Phrases), (file, bytes, _) => PhrasesFile.Read(file, bytes)),
            Look(session, price.Shared, PriceFile.ReadWith),
        ];
    }

    private static Finding Look<T>(PostgresSession session, SharedFileOptions options, Func<string, ReadOnlyMemory<byte>, byte[]?, FileReading<T>> read)
        where T : class
    {
        if (ContentStore.Head(session, options.Name) is not { } head)
            return Shared.Ok(($"{options.Name}: nothing was imported yet", $"{options.Name}: ещё ничего не импортировано"));
        if (ContentReader.Read(session, head) is not { } bytes)
            return Shared.Failure(($"{head.Label} is not whole in the database", $"{head.Label} лежит в базе не целиком"), $"sudo optfm content import {options.Name} FILE");
        if (read(head.Label, bytes, head.Mapping) is { Value: null, Problems: [var problem, ..] })
            return Shared.Failure((problem.InEnglish, problem.InRussian), $"sudo optfm content import {options.Name} FILE");

        return Beside(session, options, head) ?? Shared.Ok(($"{options.Name}: version {head.Version}", $"{options.Name}: версия {head.Version}"));
    }

    /// <returns>Null where this node's file says nothing else than the database.</returns>
    private static Finding? Beside(PostgresSession session, SharedFileOptions options, ContentVersion head)
    {
        if (Own(options) is not { } file || head.IsOf(file) || options.IsShipped(file.Bytes)) return null;

        var last = ContentStore.LastOf(session, options.Name, file);
        return last > 0
            ? Shared.Ok(($"{options.Name}: version {head.Version}; {options.Path} here is version {last}", $"{options.Name}: версия {head.Version}; {options.Path} здесь — версия {last}"))
            : Shared.Warning(
                ($"{options.Name}: version {head.Version} is in force; {options.Path} here was not imported", $"{options.Name}: действует версия {head.Version}; {options.Path} здесь не импортирован"),
                $"sudo optfm content import {options.Name} {options.Path}");
    }

    private static ContentFile? Own(SharedFileOptions options)
    {
        try
        {
            return File.Exists(options.Path) && new FileInfo(options.Path).Length <= options.MostBytes
                ? ContentFile.Of(options.Path, File.ReadAllBytes(options.Path), options.Mapping())
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
