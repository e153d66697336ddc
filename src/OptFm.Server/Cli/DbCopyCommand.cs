using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using OptFm.Server.Settings;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Copying;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Cli;

/// <summary><c>optfm db copy</c>: from SQLite to PostgreSQL, or back.</summary>
public static class DbCopyCommand
{
    private const int Failed = 1;
    private const long ToldEvery = 200_000;

    public static Command Create()
    {
        var from = new Option<string?>("--from") { Description = "The database to copy, as in DATABASE_URL; without it the configured one. It is not changed, and no server may run on it.", HelpName = "URL" };
        var to = new Option<string>("--to") { Description = "An empty database, as in DATABASE_URL. A password left out is taken from PGPASSWORD or ~/.pgpass.", HelpName = "URL", Required = true };
        var command = new Command("copy", "Copy everything to another database and compare every row. Cut off, it goes on when it is run again. Exit code 1: not complete.") { from, to };
        command.SetAction((result, stop) => RunAsync(result.GetValue(from), result.GetRequiredValue(to), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, stop));
        return command;
    }

    private static async Task<int> RunAsync(string? from, string to, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var loaded = LoadedSettings.Load();
        if (!loaded.Check(errors)) return LoadedSettings.ExitCode;

        var source = from is null ? loaded.Settings.Storage : Place("--from", from, loaded, errors);
        var target = Place("--to", to, loaded, errors);
        if (source is null || target is null) return LoadedSettings.ExitCode;

        var russian = loaded.Language == AdministratorLanguage.Russian;
        try
        {
            await Task.Run(() => Copy(source, target, new(output, russian), stop), stop);
            return 0;
        }
        catch (StoreException e)
        {
            await errors.WriteLineAsync(russian ? e.InRussian : e.Message);
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync(russian ? "Прервано; запустите ещё раз, копирование продолжится с этого места." : "Stopped; run it again and it goes on from here.");
        }

        return Failed;
    }

    private static void Copy(StorageOptions from, StorageOptions to, CopyReport report, CancellationToken stop)
    {
        if (from.Postgres is null && !File.Exists(from.DatabaseFile))
            throw new StoreException($"{from.DatabaseFile} is not there") { InRussian = $"{from.DatabaseFile} нет" };
        if (from.Postgres?.Place == to.Postgres?.Place && (from.Postgres is not null || from.DatabaseFile == to.DatabaseFile))
            throw new StoreException("that is one and the same database") { InRussian = "это одна и та же база" };
        if (from.Postgres is not null && to.Postgres is not null)
            throw new StoreException("from one PostgreSQL to another optfm backup and optfm restore lead") { InRussian = "из одной базы PostgreSQL в другую ведут optfm backup и optfm restore" };

        try
        {
            using var source = CopyEnd.Open(from);
            using var target = CopyEnd.Open(to);
            report.Begin(source, target);
            report.End(new DatabaseCopy(source, target, TimeProvider.System, report.Step).Run(stop), source, toFiles: from.Postgres is not null);
        }
        catch (DbException e)
        {
            throw new StoreException($"a database failed: {e.Message}. Run it again: it goes on where it was", e) { InRussian = $"сбой базы: {e.Message}. Запустите ещё раз: копирование продолжится с того же места" };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(e.Message, e);
        }
    }

    /// <returns>Null when it cannot be understood: <paramref name="errors"/> says why.</returns>
    private static StorageOptions? Place(string option, string url, LoadedSettings loaded, TextWriter errors)
    {
        var reader = new SettingsReader(new Dictionary<string, string>(loaded.Source.Values, StringComparer.Ordinal) { [StorageOptions.DatabaseUrl.Name] = url });
        var storage = StorageOptions.Read(reader);
        foreach (var problem in reader.Problems) errors.WriteLine((problem with { Setting = option }).In(loaded.Language));
        return reader.Problems.Count == 0 ? storage : null;
    }

    /// <summary>What the administrator reads.</summary>
    private sealed class CopyReport(TextWriter output, bool russian)
    {
        public void Begin(CopyEnd source, CopyEnd target) => output.WriteLine(russian ? $"Копирую {source.Place} в {target.Place}" : $"Copying {source.Place} to {target.Place}");

        public void Step(CopyStep step)
        {
            if (step.Rows / ToldEvery == (step.Rows - step.Added) / ToldEvery) return;
            if (step.Compared) output.WriteLine(russian ? $"  {step.Table}: сверено строк {Number(step.Rows)}" : $"  {step.Table}: {Number(step.Rows)} rows compared");
            else output.WriteLine(russian ? $"  {step.Table}: скопировано строк {Number(step.Rows)}" : $"  {step.Table}: {Number(step.Rows)} rows copied");
        }

        /// <param name="toFiles">Whether what the bot answers from becomes files again.</param>
        public void End(CopyOutcome outcome, CopyEnd source, bool toFiles)
        {
            if (outcome.FinishedBefore is { } finished)
            {
                output.WriteLine(russian ? $"Копирование закончено ещё {DatabaseCommand.Time(finished)}, делать нечего." : $"The copy was finished on {DatabaseCommand.Time(finished)}: there is nothing to do.");
                return;
            }

            output.WriteLine(russian ? "Готово, сверена каждая строка:" : "Done, every row compared:");
            foreach (var (table, rows) in outcome.Tables) output.WriteLine($"  {table,-14}{Number(rows),12}");
            Remarks(outcome);
            if (toFiles)
                output.WriteLine(russian ? "  Ответы, фразы и прайс остались там: сохраните их в файлы командой optfm content export." : "  FAQ, phrases and price list stayed there: write them into files with optfm content export.");
            output.WriteLine(russian
                ? $"Дальше: впишите этот адрес в DATABASE_URL (sudo nano /etc/optfm/optfm.env), затем sudo systemctl restart optfm и sudo optfm doctor. {source.Place} остаётся как была: пригодится для возврата, удалите, когда убедитесь."
                : $"Next: put this address into DATABASE_URL (sudo nano /etc/optfm/optfm.env), then sudo systemctl restart optfm and sudo optfm doctor. {source.Place} stays as it was: it is the way back, delete it once you are sure.");
        }

        private void Remarks(CopyOutcome outcome)
        {
            if (outcome.Corrected > 0)
                output.WriteLine(russian ? $"  С прошлого запуска источник изменился: скопировано заново порций: {outcome.Corrected}." : $"  The source had changed since the last run: pages copied again: {outcome.Corrected}.");
            if (outcome.ReplacedTexts > 0)
                output.WriteLine(russian ? $"  Знак U+0000, который PostgreSQL не хранит, заменён на U+FFFD; значений: {outcome.ReplacedTexts}." : $"  U+0000, which PostgreSQL cannot store, became U+FFFD; values: {outcome.ReplacedTexts}.");
        }

        private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
    }
}
