using OptFm.Server.Channels;
using OptFm.Server.Settings;
using OptFm.Server.Watchdog;

namespace OptFm.Server.Cli;

/// <summary>Carries out webhook commands for one messenger and tells the administrator how it went, in their language. Prints no secret.</summary>
internal sealed class WebhookDesk : IDisposable
{
    private readonly IDeliveredChannel _channel;
    private readonly Target _target;
    private readonly TextWriter _output;
    private readonly TextWriter _errors;
    private readonly bool _russian;
    private readonly bool _hasGoods;
    private readonly bool _comesBack;

    private WebhookDesk(IDeliveredChannel channel, Target target, TextWriter output, TextWriter errors, bool russian, bool hasGoods, bool comesBack) =>
        (_channel, _target, _output, _errors, _russian, _hasGoods, _comesBack) = (channel, target, output, errors, russian, hasGoods, comesBack);

    /// <returns>Null when the messenger is off; the reason is on <paramref name="errors"/>.</returns>
    public static WebhookDesk? Open(LoadedSettings loaded, string messenger, TextWriter output, TextWriter errors, TimeProvider time, ILoggerFactory logs)
    {
        var russian = loaded.Language == AdministratorLanguage.Russian;
        var target = TargetOf(loaded.Settings, messenger);
        if (!target.Enabled)
        {
            errors.WriteLine(russian ? $"{target.TokenSetting} не указан: бота в этом мессенджере нет" : $"{target.TokenSetting} is not set: there is no bot in this messenger");
            return null;
        }

        var channel = messenger == "max" ? ChannelList.Max(loaded.Settings.Max, time, logs) : ChannelList.Telegram(loaded.Settings.Telegram, time, logs);
        var comesBack = loaded.Settings.Watch.Mode == WatchMode.Repair && target is { Url: not null, Polls: false };
        return new WebhookDesk((IDeliveredChannel)channel, target, output, errors, russian, File.Exists(loaded.Settings.Price.PriceFile), comesBack);
    }

    public async Task<int> SetAsync(CancellationToken stop)
    {
        if (_target.Url is not { } url) return Unset();
        if (_target.Polls)
        {
            return Misused(
                "MAX_UPDATES=polling: while a webhook stands, polling gets nothing. Set MAX_UPDATES=webhook first",
                "MAX_UPDATES=polling: пока стоит вебхук, опрос ничего не получает. Сначала поставьте MAX_UPDATES=webhook");
        }

        var set = await _channel.Admin.SetAsync(url, _target.Secret, stop);
        if (!set.Worked) return Failed(set);

        foreach (var fact in set.Facts) await _output.WriteLineAsync(fact);
        await _output.WriteLineAsync(Say($"updates will be delivered to {url}", $"обновления будут приходить на {url}"));
        if (_target.Secret.Length == 0)
            await _output.WriteLineAsync(Say("without a secret: anybody can write to the bot in a customer's name", "без секрета: писать боту от имени покупателя сможет кто угодно"));

        var commands = await _channel.Admin.SetCommandsAsync(_hasGoods ? [.. BotCommand.All, .. BotCommand.Goods] : BotCommand.All, stop);
        if (!commands.Worked) await _errors.WriteLineAsync(Say($"the commands could not be set: {commands.Problem}", $"команды поставить не удалось: {commands.Problem}"));
        return commands.Worked ? 0 : 1;
    }

    public async Task<int> InfoAsync(CancellationToken stop)
    {
        var info = await _channel.Admin.InfoAsync(stop);
        if (!info.Worked) return Failed(info);

        foreach (var fact in info.Facts) await _output.WriteLineAsync(fact);
        if (!info.Facts.Any(f => f.StartsWith("url:", StringComparison.Ordinal))) await _output.WriteLineAsync(Say("no webhook", "вебхука нет"));
        return 0;
    }

    public async Task<int> DeleteAsync(CancellationToken stop)
    {
        var deleted = await _channel.Admin.DeleteAsync(stop);
        if (!deleted.Worked) return Failed(deleted);

        foreach (var fact in deleted.Facts) await _output.WriteLineAsync(fact);
        await _output.WriteLineAsync(Say("updates are no longer delivered", "обновления больше не приходят"));
        if (_comesBack) await _output.WriteLineAsync(Say("a running server subscribes again within minutes, unless it is stopped or WEBHOOK_WATCH is warn or off", "работающий сервер через несколько минут подпишется снова, если его не остановить и не поставить WEBHOOK_WATCH=warn или off"));
        return 0;
    }

    public void Dispose() => (_channel as IDisposable)?.Dispose();

    private static Target TargetOf(ServerSettings settings, string messenger) => messenger == "max"
        ? new("MAX_API_KEY", settings.Max.Enabled, "MAX_WEBHOOK_URL", settings.Max.Webhook, settings.Max.Secret, settings.Max.Polling)
        : new("TELEGRAM_BOT_TOKEN", settings.Telegram.Enabled, "TELEGRAM_WEBHOOK_URL", settings.Telegram.Webhook, settings.Telegram.Secret, Polls: false);

    private int Unset() => Misused($"{_target.UrlSetting} is not set: there is no address to deliver to", $"{_target.UrlSetting} не указан: доставлять некуда");

    private int Misused(string english, string russian)
    {
        _errors.WriteLine(Say(english, russian));
        return LoadedSettings.ExitCode;
    }

    private int Failed(AdminAnswer answer)
    {
        _errors.WriteLine(Say($"it did not work: {answer.Problem}", $"не получилось: {answer.Problem}"));
        return 1;
    }

    private string Say(string english, string russian) => _russian ? russian : english;

    private sealed record Target(string TokenSetting, bool Enabled, string UrlSetting, Uri? Url, string Secret, bool Polls);
}
