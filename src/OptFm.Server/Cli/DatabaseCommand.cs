using System.Globalization;
using OptFm.Server.Settings;
using OptFm.Server.Storage;

namespace OptFm.Server.Cli;

/// <summary>How commands reach the database beside a server that may be running.</summary>
internal static class DatabaseCommand
{
    /// <summary>Opens the configured database, or says why not.</summary>
    /// <returns>The exit code: what <paramref name="work"/> returns, 1 when the database cannot be used, 2 for the settings.</returns>
    public static async Task<int> RunAsync(TextWriter output, TextWriter errors, Func<Database, Task<int>> work)
    {
        var loaded = LoadedSettings.Load();
        if (!loaded.Check(errors)) return LoadedSettings.ExitCode;

        var storage = loaded.Settings.Storage;
        var file = storage.DatabaseFile;
        if (storage.Postgres is null && !File.Exists(file))
        {
            await output.WriteLineAsync($"{file} is not there yet: the server makes it at its first start");
            return 1;
        }

        try
        {
            using var database = Database.OpenBeside(storage, TimeProvider.System);
            return await work(database);
        }
        catch (StoreException e)
        {
            await errors.WriteLineAsync(loaded.Language == AdministratorLanguage.Russian ? e.InRussian : e.Message);
            return 1;
        }
    }

    /// <summary>A stored time as the administrator's clock would have shown it in UTC.</summary>
    public static string Time(long? unixMilliseconds) => unixMilliseconds is { } time
        ? DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : "-";
}
