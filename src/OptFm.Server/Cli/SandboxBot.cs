using OptFm.Sandbox;
using OptFm.Server.Operations;
using OptFm.Server.Settings;

namespace OptFm.Server.Cli;

/// <summary>The bot itself beside the sandbox: MAX by webhook, Telegram by polling, a database of its own that goes with it.</summary>
internal sealed class SandboxBot : IAsyncDisposable
{
    private const string Secret = "sandbox-secret";

    private readonly DirectoryInfo _folder;
    private readonly Logs _logs;
    private readonly ILoggerFactory _loggers;
    private readonly BotServer _server;

    private SandboxBot(DirectoryInfo folder, Logs logs, ILoggerFactory loggers, BotServer server) =>
        (_folder, _logs, _loggers, _server) = (folder, logs, loggers, server);

    /// <summary>The settings of the environment hold, except those that lead to messengers and the database.</summary>
    /// <exception cref="StartupException">The bot cannot start.</exception>
    public static async Task<SandboxBot> StartAsync(SandboxServer sandbox, TextWriter output, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("optfm-sandbox-");
        var loaded = LoadedSettings.From(new SettingsSource(Settings(sandbox, folder), EnvironmentFile.Parse("", ".env")));
        if (!loaded.Check(output)) throw new StartupException([.. loaded.Problems.Select(p => (p.English, p.Russian))]);

        var logs = new Logs(loaded.Settings.Log, loaded.Secrets, TimeProvider.System);
        var loggers = LoggerFactory.Create(logs.Configure);
        var server = await BotServer.StartAsync(loaded.Settings, logs, loggers, TimeProvider.System, new Random(sandbox.Options.Seed), stop);
        sandbox.Max.SetWebhook(new Uri(server.Address, "/webhook/max/"), Secret);
        await output.WriteLineAsync($"The bot's own page: {server.Address}");
        return new SandboxBot(folder, logs, loggers, server);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _loggers.Dispose();
        await _logs.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static Dictionary<string, string> Settings(SandboxServer sandbox, DirectoryInfo folder)
    {
        var values = new Dictionary<string, string>(SettingsSource.Load(Directory.GetCurrentDirectory()).Values, StringComparer.Ordinal)
        {
            ["PORT"] = "0",
            ["DATA_DIR"] = folder.FullName,
            ["DATABASE_URL"] = "",
            ["MAX_API"] = "official",
            ["MAX_UPDATES"] = "webhook",
            ["MAX_BASE_URL"] = sandbox.MaxAddress.ToString(),
            ["MAX_API_KEY"] = sandbox.Options.MaxToken,
            ["MAX_WEBHOOK_URL"] = "https://localhost/webhook/max/",
            ["MAX_WEBHOOK_SECRET"] = Secret,
            ["MAX_ALLOWED_IPS"] = "",
            ["TELEGRAM_BASE_URL"] = sandbox.TelegramAddress.ToString(),
            ["TELEGRAM_BOT_TOKEN"] = sandbox.Options.TelegramToken,
            ["TELEGRAM_WEBHOOK_URL"] = "",
        };
        return values;
    }
}
