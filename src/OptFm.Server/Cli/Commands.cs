using System.CommandLine;

namespace OptFm.Server.Cli;

/// <summary>THE list of commands: what <c>optfm</c> can do, one file per command.</summary>
public static class Commands
{
    /// <summary>Exit code of a command line that cannot be understood, as of settings that cannot be used.</summary>
    private const int Misused = 2;

    /// <summary>How long a command may take to end after SIGTERM or Ctrl+C. The server needs up to ten seconds; the library would allow two.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(15);

    public static async Task<int> RunAsync(string[] args, InvocationConfiguration? invocation = null)
    {
        invocation ??= new InvocationConfiguration { ProcessTerminationTimeout = StopWithin };
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
        SetupCommand.Create(),
        ConfigCommand.Create(),
        HealthCommand.Create(),
        DoctorCommand.Create(),
        BackupCommand.Create(),
        RestoreCommand.Create(),
        UpdateCommand.Create(),
        MigrateCommand.Create(),
        DbCommand.Create(),
        UpdateDatabaseCommand.Create(),
        SandboxCommand.Create(),
        FaqCommand.Create(),
        ContentCommand.Create(),
        PriceCommand.Create(),
        EvalCommand.Create(),
        TrainCommand.Create(),
    };
}
