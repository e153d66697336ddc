using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Settings;

namespace OptFm.Server.Cli;

/// <summary><c>optfm webhook set|info|delete max|telegram</c>: where messengers deliver updates to.</summary>
public static class WebhookCommand
{
    public static Command Create() => new("webhook", "Tell a messenger where to deliver updates.")
    {
        Verb("set", "Deliver updates to the configured address, and show the bot's commands.", (desk, stop) => desk.SetAsync(stop)),
        Verb("info", "Show where updates are delivered.", (desk, stop) => desk.InfoAsync(stop)),
        Verb("delete", "Deliver no more updates.", (desk, stop) => desk.DeleteAsync(stop)),
    };

    private static Command Verb(string name, string description, Func<WebhookDesk, CancellationToken, Task<int>> run)
    {
        var messenger = new Argument<string>("messenger") { Description = "max or telegram" };
        messenger.AcceptOnlyFromAmong("max", "telegram");
        var command = new Command(name, description) { messenger };
        command.SetAction((result, stop) =>
            RunAsync(result.GetValue(messenger)!, result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, run, stop));
        return command;
    }

    private static async Task<int> RunAsync(
        string messenger, TextWriter output, TextWriter errors, Func<WebhookDesk, CancellationToken, Task<int>> run, CancellationToken stop)
    {
        var loaded = LoadedSettings.Load();
        if (!loaded.Check(errors)) return LoadedSettings.ExitCode;

        using var desk = WebhookDesk.Open(loaded, messenger, output, errors, TimeProvider.System, NullLoggerFactory.Instance);
        return desk is null ? LoadedSettings.ExitCode : await run(desk, stop);
    }
}
