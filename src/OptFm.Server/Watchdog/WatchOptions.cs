using OptFm.Server.Settings;

namespace OptFm.Server.Watchdog;

/// <summary>What the watch may do.</summary>
public enum WatchMode
{
    /// <summary>Subscribe again, and remove what was left of ours.</summary>
    Repair,

    /// <summary>Look and tell, change nothing.</summary>
    Warn,

    Off,
}

/// <summary>Settings of the watch over subscriptions and certificates.</summary>
/// <param name="Interval">Between two looks, a tenth more or less.</param>
public sealed record WatchOptions(WatchMode Mode, TimeSpan Interval)
{
    public static readonly Setting ModeSetting = new("WEBHOOK_WATCH", "repair", "repair, warn or off", "Whether the server sees to it that the messengers deliver to it: subscribe again where a subscription is gone, only warn, or neither.", "Следить ли, что мессенджеры доставляют на сервер: подписываться заново, если подписка пропала (repair), только предупреждать (warn) или не следить (off).");
    public static readonly Setting IntervalSetting = new("WEBHOOK_WATCH_INTERVAL", "300", "1–3600 seconds", "How often the messengers are asked about it, and the certificates looked at.", "Как часто спрашивать об этом мессенджеры и проверять сертификаты.");

    public static IReadOnlyList<Setting> All { get; } = [ModeSetting, IntervalSetting];

    public static WatchOptions Read(SettingsReader settings)
    {
        var mode = settings.Choice(ModeSetting, "repair", "warn", "off") switch
        {
            "warn" => WatchMode.Warn,
            "off" => WatchMode.Off,
            _ => WatchMode.Repair,
        };
        return new(mode, TimeSpan.FromSeconds(settings.Number(IntervalSetting, 1, 3600)));
    }
}
