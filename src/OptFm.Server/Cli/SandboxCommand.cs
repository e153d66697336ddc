using System.CommandLine;
using System.Net.Sockets;
using OptFm.Sandbox;

namespace OptFm.Server.Cli;

/// <summary><c>optfm sandbox</c>: fake messengers beside the bot, so that everything can be tried without a token.</summary>
public static class SandboxCommand
{
    /// <param name="startBot">Starts the bot itself against the sandbox, for <c>--with-bot</c>; disposing of the result stops it.</param>
    public static Command Create(Func<SandboxServer, CancellationToken, Task<IAsyncDisposable>>? startBot = null)
    {
        var port = new Option<int>("--port") { Description = "Port on 127.0.0.1; 0 takes any free one.", DefaultValueFactory = static _ => 8099 };
        var seed = new Option<int>("--seed") { Description = "Decides everything random.", DefaultValueFactory = static _ => 1 };
        var bot = new Option<Uri?>("--bot") { Description = "Where the bot listens, such as http://127.0.0.1:8000: updates go to its webhooks at once." };
        var secret = new Option<string>("--secret") { Description = "The webhooks' secret with --bot.", DefaultValueFactory = static _ => "sandbox-secret" };
        var withBot = new Option<bool>("--with-bot") { Description = "Start the bot in the same process, connected to the sandbox." };
        var limits = new Option<bool>("--no-limits") { Description = "Refuse no call for its rate." };
        withBot.Validators.Add(result =>
        {
            if (startBot is null && result.GetValueOrDefault<bool>())
                result.AddError("--with-bot: start the bot with `optfm serve` and the settings that `optfm sandbox` prints");
        });
        port.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535) result.AddError("--port is 0 to 65535");
        });
        var command = new Command("sandbox", "Fake MAX and Telegram servers, to try the bot without a token") { port, seed, bot, secret, withBot, limits };
        command.SetAction((parsed, stop) => RunAsync(
            new SandboxOptions
            {
                Port = parsed.GetValue(port),
                Seed = parsed.GetValue(seed),
                LimitsOn = !parsed.GetValue(limits),
                AllowHttpWebhooks = true,
            },
            parsed.GetValue(bot),
            parsed.GetValue(secret)!,
            parsed.GetValue(withBot) ? startBot : null,
            stop));
        return command;
    }

    private static async Task<int> RunAsync(
        SandboxOptions options, Uri? bot, string secret, Func<SandboxServer, CancellationToken, Task<IAsyncDisposable>>? startBot, CancellationToken stop)
    {
        try
        {
            await using var sandbox = await SandboxServer.StartAsync(options, stop);
            if (bot is not null) Connect(sandbox, bot, secret);
            await using var running = startBot is null ? null : await startBot(sandbox, stop);
            await new SandboxConsole(sandbox, Console.In, Console.Out).RunAsync(stop);
            return 0;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await Console.Error.WriteLineAsync($"The sandbox cannot listen on port {options.Port}: {error.Message}");
            return 1;
        }
    }

    private static void Connect(SandboxServer sandbox, Uri bot, string secret)
    {
        sandbox.Max.SetWebhook(new Uri(bot, "/webhook/max/"), secret);
        sandbox.Compat.SetWebhook(new Uri(bot, "/webhook/max/"), secret);
        sandbox.Telegram.SetWebhook(new Uri(bot, "/webhook/telegram/"), secret);
    }
}
