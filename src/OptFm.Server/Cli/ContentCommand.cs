using System.CommandLine;
using OptFm.Server.Content;
using OptFm.Server.Settings;
using OptFm.Server.Storage;

namespace OptFm.Server.Cli;

/// <summary><c>optfm content</c>: what the nodes of one PostgreSQL answer from.</summary>
public static class ContentCommand
{
    private const int Failed = 1;
    private const int Misused = 2;

    public static Command Create() => new("content", "The FAQ, phrases and price list that nodes share on PostgreSQL")
    {
        List(), Import(), Export(),
    };

    private static Command List()
    {
        var most = new Option<int>("--limit") { Description = "At most so many versions of each, the newest.", DefaultValueFactory = _ => 5 };
        var command = new Command("list", "List the versions, the one in force first") { most };
        command.SetAction((parsed, _) => WithDatabaseAsync(parsed, async (database, _) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            foreach (var name in ContentName.All)
            {
                var versions = database.Read(session => ContentStore.Versions(session, name, parsed.GetValue(most)));
                if (versions.Count == 0) await output.WriteLineAsync($"{name}\t-");
                foreach (var version in versions)
                    await output.WriteLineAsync($"{name}\t{version.Version}\t{DatabaseCommand.Time(version.ImportedAt)}\t{version.Size}\t{version.Sha256[..12].ToLowerInvariant()}\t{version.Source}");
            }

            return 0;
        }));
        return command;
    }

    private static Command Import()
    {
        var name = Name();
        var file = new Argument<FileInfo>("file") { Description = "FAQ or phrases as JSON; price list as .xls, .xlsx or .csv, with its FILE.mapping.json beside it" };
        var force = new Option<bool>("--force") { Description = "Takes an FAQ even if it breaks golden questions" };
        var command = new Command("import", "Checks a file and has all nodes answer from it") { name, file, force };
        command.SetAction((parsed, stop) => WithDatabaseAsync(parsed, async (database, loaded) =>
        {
            var (output, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var desk = new ContentDesk(database, loaded.Settings.Faq);
            var (imported, problems) = await desk.ImportAsync(parsed.GetRequiredValue(name), parsed.GetRequiredValue(file).FullName, parsed.GetValue(force), stop);
            foreach (var problem in problems) await errors.WriteLineAsync(problem.In(loaded.Language));
            if (imported is null) return Failed;
            await output.WriteLineAsync(Said(imported, parsed.GetRequiredValue(name), loaded.Language == AdministratorLanguage.Russian));
            return 0;
        }));
        return command;
    }

    private static Command Export()
    {
        var name = Name();
        var file = new Argument<FileInfo>("file") { Description = "Where to write it; must not be there yet" };
        var number = new Option<long?>("--version") { Description = "Which version; without it the one in force. The bytes of the last three are kept" };
        var command = new Command("export", "Writes what is in force into a file") { name, file, number };
        command.SetAction((parsed, stop) => WithDatabaseAsync(parsed, async (database, loaded) =>
        {
            var errors = parsed.InvocationConfiguration.Error;
            try
            {
                var version = await new ContentDesk(database, loaded.Settings.Faq)
                    .ExportAsync(parsed.GetRequiredValue(name), parsed.GetValue(number), parsed.GetRequiredValue(file).FullName, stop);
                if (version is not null) return 0;
                await errors.WriteLineAsync(loaded.Language == AdministratorLanguage.Russian ? "такой версии в базе нет (или уже нет)" : "the database has no such version (any more)");
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
            {
                await errors.WriteLineAsync(wrong.Message);
            }

            return Failed;
        }));
        return command;
    }

    private static Argument<string> Name()
    {
        var name = new Argument<string>("name") { Description = "faq, phrases or price" };
        name.AcceptOnlyFromAmong([.. ContentName.All]);
        return name;
    }

    private static string Said(ContentImported imported, string name, bool russian)
    {
        if (!imported.IsNew) return russian ? $"{name}: этот файл уже действует, версия {imported.Version}" : $"{name}: this file is in force already, as version {imported.Version}";
        return russian ? $"{name}: версия {imported.Version}; серверы перейдут на неё за секунду" : $"{name}: version {imported.Version}; the servers swap to it within a second";
    }

    private static async Task<int> WithDatabaseAsync(ParseResult parsed, Func<Database, LoadedSettings, Task<int>> work)
    {
        var (output, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var loaded = LoadedSettings.Load();
        if (!loaded.Check(errors)) return LoadedSettings.ExitCode;
        if (loaded.Settings.Storage.Postgres is not null) return await DatabaseCommand.RunAsync(output, errors, database => work(database, loaded));

        await errors.WriteLineAsync(loaded.Language == AdministratorLanguage.Russian
            ? "На SQLite бот отвечает прямо из файлов: правьте FAQ_FILE, PHRASES_FILE, PRICE_FILE, они перечитываются сами"
            : "On SQLite the bot answers from the files themselves: edit FAQ_FILE, PHRASES_FILE, PRICE_FILE, they are read again by themselves");
        return Misused;
    }
}
