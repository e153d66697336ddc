using System.CommandLine;

namespace OptFm.Server.Cli;

/// <summary>THE list of commands: what <c>optfm</c> can do, one file per command.</summary>
public static class Commands
{
    /// <summary>Exit code of a command line that cannot be understood, as of settings that cannot be used.</summary>
    private const int Misused = 2;

    public static async Task<int> RunAsync(string[] args, InvocationConfiguration? invocation = null)
    {
        var line = Root().Parse(args);
        var code = await line.InvokeAsync(invocation);
        return line.Errors.Count > 0 ? Misused : code;
    }

    internal static RootCommand Root() => new("OptFM: a support bot for a shop's customers in MAX, in Telegram and on its web page")
    {
        ServeCommand.Create(),
        ChatCommand.Create(),
        WebhookCommand.Create(),
        InboxCommand.Create(),
        OutboxCommand.Create(),
        ConfigCommand.Create(),
        SandboxCommand.Create(),
        PriceCommand.Create(),
        EvalCommand.Create(),
        TrainCommand.Create(),
    };
}
