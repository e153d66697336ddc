using System.CommandLine;
using OptFm.Server.Backups;
using OptFm.Server.Settings;

namespace OptFm.Server.Cli;

/// <summary><c>optfm restore</c>: the state of a backup again.</summary>
public static class RestoreCommand
{
    private const int Failed = 1;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The backup." };
        var identity = BackupCommand.Identity();
        var dataOnly = new Option<bool>("--data-only") { Description = "Leave the settings as they are." };
        var alsoTo = new Option<DirectoryInfo[]>("--also-to") { Description = "A folder outside the bot's that may be written to, if the backup's settings name files there.", HelpName = "DIR" };
        var command = new Command("restore", "Bring back the state of a backup. The server must be stopped; what is replaced is kept.") { file, identity, dataOnly, alsoTo };
        command.SetAction((result, stop) =>
        {
            var order = new RestoreOrder(
                result.GetRequiredValue(file).FullName, result.GetValue(identity)?.FullName, result.GetValue(dataOnly), [.. (result.GetValue(alsoTo) ?? []).Select(folder => folder.FullName)]);
            return RunAsync(order, result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(RestoreOrder order, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var loaded = LoadedSettings.Load();
        try
        {
            var restored = await new BackupRestorer(loaded, TimeProvider.System).RestoreAsync(order, stop);
            await TellAsync(restored, loaded.Language == AdministratorLanguage.Russian, output);
            restored.Settings.Check(errors);
            return 0;
        }
        catch (BackupException e)
        {
            await errors.WriteLineAsync(e.In(loaded.Language));
            return Failed;
        }
    }

    private static async Task TellAsync(RestoreOutcome restored, bool russian, TextWriter output)
    {
        await output.WriteLineAsync(russian ? $"Восстановлено: {restored.Contents.In(russian)}." : $"Restored: {restored.Contents.In(russian)}.");
        foreach (var path in restored.Restored) await output.WriteLineAsync($"  {path}");
        await output.WriteLineAsync(russian ? $"Прежнее лежит в {restored.Kept}" : $"What was there before is in {restored.Kept}");
        foreach (var name in restored.Skipped)
            await output.WriteLineAsync(russian ? $"Не поставлено, сравните и скопируйте сами: {restored.Kept}/not-restored/{name}" : $"Not put in place, compare and copy it yourself: {restored.Kept}/not-restored/{name}");
        await output.WriteLineAsync(russian ? "Запустите сервер: sudo systemctl start optfm" : "Start the server: sudo systemctl start optfm");
    }
}
