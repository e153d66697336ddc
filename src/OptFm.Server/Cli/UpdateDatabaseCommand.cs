using System.CommandLine;
using OptFm.Server.Settings;
using OptFm.Server.Storage;
using OptFm.Server.Storage.Postgres;
using OptFm.Server.Updates;

namespace OptFm.Server.Cli;

/// <summary><c>optfm update-database</c>: what <c>optfm update</c> does with the database, as the service's user. Not for people.</summary>
public static class UpdateDatabaseCommand
{
    public static Command Create()
    {
        var word = new Argument<string>("word");
        word.AcceptOnlyFromAmong("keep", "put-back", "drop");
        var version = new Argument<string>("version") { Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "unknown" };
        var command = new Command("update-database", "Part of optfm update.") { word, version };
        command.Hidden = true;
        command.SetAction(result => Run(
            result.GetValue(word)!, result.GetValue(version)!, result.InvocationConfiguration.Output, result.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string word, string version, TextWriter output, TextWriter errors)
    {
        var loaded = LoadedSettings.Load();
        if (!loaded.Check(errors)) return LoadedSettings.ExitCode;

        if (loaded.Settings.Storage.Postgres is { } server) return word == "put-back" ? PutBack(server, loaded.Language, output, errors) : 0;

        var copy = new KeptDatabase(loaded.Settings.Storage.DatabaseFile);
        try
        {
            if (word == "keep") copy.Keep();
            else if (word == "drop") copy.Drop();
            else output.WriteLine(Words(copy.PutBack(version), copy.Newer(version), loaded.Language == AdministratorLanguage.Russian));
            return 0;
        }
        catch (Exception e) when (e is StoreException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }

    private static int PutBack(PostgresOptions server, AdministratorLanguage language, TextWriter output, TextWriter errors)
    {
        var (usable, words) = SharedDatabase.Look(server);
        (usable ? output : errors).WriteLine(words.In(language));
        return usable ? 0 : 1;
    }

    private static string Words(DatabaseReturned returned, string newer, bool russian) => returned.Outcome switch
    {
        DatabaseReturn.Unchanged => russian ? "База данных остаётся как есть." : "The database stays as it is.",
        DatabaseReturn.CarriedOver => russian
            ? $"База данных возвращена к прежнему виду; перенесено обновлений, пришедших тем временем: {returned.Arrivals}. Более новая база: {newer}"
            : $"The database is as before again; updates that came meanwhile and were carried over: {returned.Arrivals}. The newer database: {newer}",
        _ => russian
            ? $"База данных возвращена к прежнему виду. Новую прочесть не удалось: что пришло тем временем, осталось в {newer}"
            : $"The database is as before again. The newer one cannot be read: what came meanwhile is left in {newer}",
    };
}
