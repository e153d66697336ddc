using OptFm.Server.Channels.Max;
using OptFm.Server.Channels.Telegram;
using OptFm.Server.Operations;

namespace OptFm.Server.Settings;

/// <summary>What no feature can see alone: settings that are right each, and wrong together.</summary>
internal static class ConflictChecks
{
    public static void Check(ServerSettings all, SettingsReader settings)
    {
        CheckLogs(all.Log, settings);
        if (all.Max.Enabled && all.Telegram.Enabled) CheckWebhooks(all, settings);
    }

    private static void CheckLogs(LogOptions log, SettingsReader settings)
    {
        (Setting Setting, string Path)[] files = [(LogOptions.File, log.Path), (LogOptions.ApiFile, log.ApiPath), (LogOptions.MaxFile, log.MaxPath)];
        for (var i = 1; i < files.Length; i++)
        {
            var (setting, path) = files[i];
            if (path.Length == 0 || Array.Find(files[..i], file => file.Path == path).Setting is not { } first) continue;
            settings.Fail(setting, $"names the same file as {first.Name}: give each log a file of its own", $"указывает на тот же файл, что и {first.Name}: дайте каждому журналу свой файл");
        }
    }

    private static void CheckWebhooks(ServerSettings all, SettingsReader settings)
    {
        if (all.Max.Webhook is not null && !all.Max.Polling && all.Max.Webhook == all.Telegram.Webhook)
            settings.Fail(TelegramOptions.WebhookUrl, $"is the same address as {MaxOptions.WebhookUrl.Name}: it should end with /webhook/telegram/", $"— тот же адрес, что и {MaxOptions.WebhookUrl.Name}: он должен кончаться на /webhook/telegram/");
    }
}
