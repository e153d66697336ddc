using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Sandbox;
using OptFm.Server.Channels;
using OptFm.Server.Doctor;
using OptFm.Server.Settings;
using OptFm.Server.Storage;
using OptFm.Server.Tests.Faq;
using OptFm.Server.Tests.Sandbox;
using OptFm.Server.Tests.Settings;
using OptFm.Server.Watchdog;

namespace OptFm.Server.Tests.Watchdog;

/// <summary>A watch over fake messengers, on a clock that moves only when told.</summary>
internal sealed class Watched : IAsyncDisposable
{
    public static readonly Uri Max = new("https://bot.example.ru/webhook/max/");
    public static readonly Uri Telegram = new("https://bot.example.ru/webhook/telegram/");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-watch-");
    private readonly Database _database;
    private readonly List<IChannel> _channels = [];
    private readonly ServerSettings _settings;

    private Watched(SandboxServer sandbox, FakeTime time, (string Name, string Value)[] settings)
    {
        (Sandbox, Time) = (sandbox, time);
        _settings = Given.Environment(settings).Settings;
        _database = SqliteDatabase.OpenToServe(Path.Combine(_folder.FullName, "optfm.db"));
        (Board, Book, Watchdog) = Node();
    }

    public SandboxServer Sandbox { get; }

    public FakeTime Time { get; }

    public ToldLog Log { get; } = new();

    public bool OnDuty { get; set; } = true;

    public WatchBoard Board { get; private set; }

    public DeliveryBook Book { get; private set; }

    public SubscriptionWatchdog Watchdog { get; private set; }

    /// <summary>Both messengers, with webhooks.</summary>
    public static Task<Watched> StartAsync(params (string Name, string Value)[] more) => StartAsync(true, true, more);

    public static Task<Watched> MaxAsync(params (string Name, string Value)[] more) => StartAsync(true, false, more);

    public static Task<Watched> TelegramAsync(params (string Name, string Value)[] more) => StartAsync(false, true, more);

    /// <summary>As after a restart, or on another node.</summary>
    public async Task RestartAsync()
    {
        (Board, Book, Watchdog) = Node();
        await Watchdog.ShareAsync();
    }

    /// <summary>Some time passes, five minutes unless told, then the watch looks.</summary>
    public async Task<WatchState> LookAsync(string channel = "max", TimeSpan? after = null)
    {
        Time.Advance(after ?? TimeSpan.FromMinutes(5));
        await Watchdog.ShareAsync();
        await Watchdog.LookAsync(TestContext.Current.CancellationToken);
        return Board.Latest.Of(channel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels.OfType<IDisposable>()) channel.Dispose();
        _database.Dispose();
        await Sandbox.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<Watched> StartAsync(bool max, bool telegram, (string Name, string Value)[] more)
    {
        var time = new FakeTime();
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Time = time, LimitsOn = false, KnownChatsOnly = false }, TestContext.Current.CancellationToken);
        List<(string Name, string Value)> settings = [];
        if (max) settings.AddRange([("MAX_API_KEY", sandbox.Max.Token), ("MAX_API", "official"), ("MAX_BASE_URL", sandbox.MaxAddress.AbsoluteUri), ("MAX_WEBHOOK_URL", Max.AbsoluteUri), ("MAX_WEBHOOK_SECRET", "s3cret")]);
        if (telegram) settings.AddRange([("TELEGRAM_BOT_TOKEN", sandbox.Telegram.Token), ("TELEGRAM_BASE_URL", sandbox.TelegramAddress.AbsoluteUri), ("TELEGRAM_WEBHOOK_URL", Telegram.AbsoluteUri), ("TELEGRAM_WEBHOOK_SECRET", "s3cret")]);
        settings.RemoveAll(one => more.Any(other => other.Name == one.Name));
        return new(sandbox, time, [.. settings, .. more]);
    }

    private (WatchBoard Board, DeliveryBook Book, SubscriptionWatchdog Watchdog) Node()
    {
        var (board, book) = (new WatchBoard(), new DeliveryBook(Time));
        var channels = ChannelList.Messengers(_settings, Time, NullLoggerFactory.Instance);
        _channels.AddRange(channels);
        var subscriptions = WatchedMessenger.All(channels, _settings).Select(watched => new SubscriptionWatch(watched, _settings.Watch, Time, Log)).ToList();
        var tools = new WatchTools(_ => Task.FromResult(OnDuty), board, Time, new Random(1), Log);
        return (board, book, new SubscriptionWatchdog(_settings.Watch, subscriptions, new CertificateWatch(Blind()), new WatchStore(_database), book, tools));
    }

    /// <summary>Without an address to look at: certificates have stories of their own.</summary>
    private DoctorContext Blind() => new(Given.Environment(), Time);
}

internal static class WatchAssertions
{
    public static WatchWarning ShouldWarn(this WatchState state, string id, string level, params string[] words)
    {
        var warning = state.Warnings.Where(warning => warning.Id == id).ShouldHaveSingleItem(string.Join("; ", state.Warnings.Select(warning => warning.Id)));
        warning.Level.ShouldBe(level, warning.What);
        foreach (var word in words) warning.What.ShouldContain(word);
        warning.Mend.ShouldNotBeNullOrWhiteSpace();
        return warning;
    }
}
