using System.CommandLine;
using OptFm.Server.Backups;
using OptFm.Server.Backups.Postgres;
using OptFm.Server.Operations;
using OptFm.Server.Settings;

namespace OptFm.Server.Cli;

/// <summary><c>optfm serve</c>: the server, until SIGTERM.</summary>
public static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Run the bot.");
        command.SetAction((result, stop) => RunAsync(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, stop));
        return command;
    }

    private static async Task<int> RunAsync(TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var loaded = LoadedSettings.Load();
        if (!loaded.Check(errors)) return LoadedSettings.ExitCode;

        await using var logs = new Logs(loaded.Settings.Log, loaded.Secrets, TimeProvider.System);
        using var loggers = LoggerFactory.Create(logs.Configure);
        var log = loggers.CreateLogger("OptFm.Server");
        loaded.LogWarnings(log);
        try
        {
            if (UnfinishedRestore.Undo(loaded.Settings.Backup.DataFolder, mark => RestoreMark.IsIn(loaded.Settings.Storage, mark)))
            {
                log.LogWarning("A restore had been cut off; the state before it is back");
                loaded = LoadedSettings.Load();
                if (!loaded.Check(errors)) return LoadedSettings.ExitCode;
            }

            await using var server = await BotServer.StartAsync(
                loaded.Settings, logs, loggers, TimeProvider.System, new Random(Environment.TickCount), stop);
            var systemd = SystemdNotify.Read(Environment.GetEnvironmentVariable, TimeProvider.System, log);
            using var hangup = logs.ReopenOnHangup(() => systemd.ReloadAsync(server.ReloadAsync));
            await using var stopping = stop.Register(systemd.Stopping);
            var russian = loaded.Language == AdministratorLanguage.Russian;
            await output.WriteLineAsync(russian ? $"Сервер слушает {server.Address}" : $"Listening on {server.Address}");
            log.LogInformation("optfm {Version} started at {Address}", Health.Version, server.Address);
            systemd.Ready();
            using var watched = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var watching = systemd.WatchAsync(() => server.Working, watched.Token);
            await server.WaitForStopAsync(stop);
            await watched.CancelAsync();
            await watching;
            log.LogInformation("optfm stopped");
            return 0;
        }
        catch (StartupException e)
        {
            foreach (var line in e.In(loaded.Language)) await errors.WriteLineAsync(line);
            // systemd starts again after any code but this one.
            return e.MayPass ? 1 : LoadedSettings.ExitCode;
        }
    }
}
