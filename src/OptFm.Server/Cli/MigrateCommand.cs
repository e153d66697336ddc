using System.CommandLine;
using OptFm.Server.Settings;
using OptFm.Server.Storage;

namespace OptFm.Server.Cli;

/// <summary><c>optfm migrate</c>: the database's tables as this version needs them, before a node of it starts. Servers may run.</summary>
public static class MigrateCommand
{
    private const int Failed = 1;
    private const int MostShown = 100;

    public static Command Create()
    {
        var plan = new Option<bool>("--plan") { Description = "Only show what would be done." };
        var command = new Command("migrate", "Bring the database's tables to this version, as its first node would at the start. Servers may run. Exit code 1: the database cannot be used, or a newer version made it.") { plan };
        command.SetAction((result, _) => RunAsync(result.GetValue(plan), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error));
        return command;
    }

    private static async Task<int> RunAsync(bool onlyPlan, TextWriter output, TextWriter errors)
    {
        var loaded = LoadedSettings.Load();
        if (!loaded.Check(errors)) return LoadedSettings.ExitCode;

        var russian = loaded.Language == AdministratorLanguage.Russian;
        try
        {
            var plan = MigrationPlan.Of(loaded.Settings.Storage);
            await TellAsync(plan, loaded.Settings.Storage, russian, output);
            if (plan is null or { Steps.Count: 0 } || onlyPlan) return 0;

            using (Database.OpenBeside(loaded.Settings.Storage, TimeProvider.System))
                await output.WriteLineAsync(russian ? $"Готово: схема {plan.Known}." : $"Done: schema {plan.Known}.");
            return 0;
        }
        catch (StoreException e)
        {
            await errors.WriteLineAsync(russian ? e.InRussian : e.Message);
            return Failed;
        }
    }

    private static async Task TellAsync(MigrationPlan? plan, StorageOptions storage, bool russian, TextWriter output)
    {
        if (plan is null)
        {
            await output.WriteLineAsync(russian ? $"{storage.DatabaseFile} ещё нет: сервер создаст базу при первом запуске" : $"{storage.DatabaseFile} is not there yet: the server makes it at its first start");
            return;
        }

        await output.WriteLineAsync(russian
            ? $"{plan.Place}: схема {plan.Schema}, эта версия знает {plan.Known}."
            : $"{plan.Place}: schema {plan.Schema}, this version knows {plan.Known}.");
        if (plan.Steps.Count == 0) await output.WriteLineAsync(russian ? "Делать нечего." : "There is nothing to do.");
        await TellStepsAsync(plan, russian, output);
    }

    private static async Task TellStepsAsync(MigrationPlan plan, bool russian, TextWriter output)
    {
        foreach (var step in plan.Statements().GroupBy(part => part.Step))
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync(step.Key.Name);
            if (step.Key.Contract is { } version)
                await output.WriteLineAsync(russian ? $"  ! узлы старше {version} должны быть остановлены" : $"  ! nodes older than {version} must be stopped");
            foreach (var (_, statement, locked) in step) await output.WriteLineAsync($"  {Short(statement.OnOneLine)}{Environment.NewLine}      {Words(locked, russian)}");
        }

        if (plan.Steps.Count > 0) await output.WriteLineAsync();
    }

    private static string Short(string sql) => sql.Length <= MostShown ? sql : sql[..MostShown] + " …";

    private static string Words(MigrationLock locked, bool russian) => locked switch
    {
        MigrationLock.None => russian ? "никто не ждёт" : "nobody waits",
        MigrationLock.Moment => russian ? "таблица занята мгновение, сколько бы строк в ней ни было" : "the table is locked for a moment, however many rows it has",
        MigrationLock.Writers => russian ? "пишущие в таблицу ждут, пока она не прочитана целиком" : "whoever writes to the table waits until all of it was read",
        _ => russian ? "все, кому нужна таблица, ждут до конца" : "whoever needs the table waits until it is done",
    };
}
