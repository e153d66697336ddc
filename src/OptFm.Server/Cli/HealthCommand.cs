using System.CommandLine;
using OptFm.Server.Operations;
using OptFm.Server.Settings;

namespace OptFm.Server.Cli;

/// <summary><c>optfm health</c>: how the running server is, and whether a restart would help. Asked by optfm-health.timer.</summary>
public static class HealthCommand
{
    public static Command Create()
    {
        var command = new Command("health", "Ask the running server how it is. Exit code 1: a restart would help, 3: it would not, 2: the settings are wrong.");
        command.SetAction((result, stop) => RunAsync(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, stop));
        return command;
    }

    private static async Task<int> RunAsync(TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var loaded = LoadedSettings.Load();
        if (!loaded.Check(errors)) return LoadedSettings.ExitCode;

        using var http = new HttpClient { BaseAddress = loaded.Settings.Http.LocalAddress };
        var folder = Path.GetDirectoryName(loaded.Settings.Storage.DatabaseFile) ?? "/";
        var verdict = await new HealthVisit(http, () => TakesWrites(folder), TimeProvider.System).AskAsync(stop);
        await output.WriteLineAsync(Words(verdict, folder, loaded.Language == AdministratorLanguage.Russian));
        return verdict switch { HealthVerdict.Well => 0, HealthVerdict.RestartHelps => 1, _ => 3 };
    }

    /// <summary>A megabyte: more than the database needs for its next step, and a disk that is full to the last page refuses it.</summary>
    private static bool TakesWrites(string folder)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(folder, $".health-{Environment.ProcessId}"), new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
            });
            probe.Write(new byte[1024 * 1024]);
            probe.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Words(HealthVerdict verdict, string folder, bool russian) => verdict switch
    {
        HealthVerdict.Well => russian ? "Сервер здоров." : "The server is well.",
        HealthVerdict.RestartHelps => russian ? "Сервер не отвечает или не может работать; перезапуск поможет: systemctl restart optfm" : "The server does not answer or cannot work; a restart would help: systemctl restart optfm",
        _ => russian ? $"В {folder} нельзя писать: диск полон или только для чтения. Перезапуск не поможет. Посмотрите: df -h {folder}" : $"{folder} cannot be written to: the disk is full or read-only. A restart would not help. Look at: df -h {folder}",
    };
}
