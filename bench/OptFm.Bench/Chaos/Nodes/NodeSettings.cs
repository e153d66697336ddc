using System.Collections;
using System.Globalization;
using OptFm.Bench.Chaos.Stores;
using OptFm.Sandbox;

namespace OptFm.Bench.Chaos.Nodes;

/// <summary>A node's environment: nothing but what is said here, apart from what the runtime needs.</summary>
internal static class NodeSettings
{
    public const string Secret = "chaos-webhook-secret";

    /// <summary>Where the messengers believe the bot to be; who delivers there is led to a node.</summary>
    public static Uri Webhook(Messenger messenger) => new($"https://chaos.example/webhook/{(messenger == Messenger.Max ? "max" : "telegram")}");

    public static Dictionary<string, string?> Of(string name, int port, SandboxServer sandbox, IReadOnlyList<Messenger> polled, IChaosStore store)
    {
        var settings = Inherited();
        settings["OPTFM_LANG"] = "en";
        settings["HOST"] = "127.0.0.1";
        settings["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        settings["LOG_LEVEL"] = "WARNING";
        settings["MAX_API"] = "official";
        settings["MAX_API_KEY"] = sandbox.Max.Token;
        settings["MAX_BASE_URL"] = Via(sandbox, name, sandbox.MaxAddress);
        settings["MAX_TIMEOUT"] = "5";
        if (polled.Contains(Messenger.Max)) settings["MAX_UPDATES"] = "polling";
        else settings["MAX_WEBHOOK_URL"] = Webhook(Messenger.Max).AbsoluteUri;
        settings["MAX_WEBHOOK_SECRET"] = Secret;
        settings["TELEGRAM_BOT_TOKEN"] = sandbox.Telegram.Token;
        settings["TELEGRAM_BASE_URL"] = Via(sandbox, name, sandbox.TelegramAddress);
        if (!polled.Contains(Messenger.Telegram)) settings["TELEGRAM_WEBHOOK_URL"] = Webhook(Messenger.Telegram).AbsoluteUri;
        settings["TELEGRAM_WEBHOOK_SECRET"] = Secret;
        foreach (var (setting, value) in store.Settings) settings[setting] = value;
        return settings;
    }

    /// <summary>An address of the node's own, so that the messenger knows who calls.</summary>
    private static string Via(SandboxServer sandbox, string name, Uri messenger) => new Uri(sandbox.Address, $"/via/{name}{messenger.AbsolutePath}").AbsoluteUri;

    private static Dictionary<string, string?> Inherited()
    {
        var inherited = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (name is "PATH" or "HOME" or "TMPDIR" || name.StartsWith("DOTNET_", StringComparison.Ordinal)) inherited[name] = (string?)variable.Value;
        }

        return inherited;
    }
}
