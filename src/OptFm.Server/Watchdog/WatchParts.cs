using OptFm.Server.Channels;
using OptFm.Server.Doctor;
using OptFm.Server.Settings;
using OptFm.Server.Storage;

namespace OptFm.Server.Watchdog;

/// <summary>The watch over subscriptions and certificates, put together.</summary>
public sealed class WatchParts
{
    private readonly SubscriptionWatchdog _watchdog;

    /// <param name="onDuty">Whether this node is the one to ask the messengers; with one node always.</param>
    public WatchParts(
        ServerSettings settings, Database database, IEnumerable<IChannel> channels, Func<CancellationToken, Task<bool>> onDuty, TimeProvider time, Random random, ILoggerFactory logs)
    {
        Book = new DeliveryBook(time);
        var log = logs.CreateLogger<WatchParts>();
        var source = new SettingsSource(new Dictionary<string, string>(StringComparer.Ordinal), EnvironmentFile.Parse("", ".env"));
        var context = new DoctorContext(new LoadedSettings(settings, source, AdministratorLanguage.English, [], []), time);
        var subscriptions = WatchedMessenger.All(channels, settings).Select(watched => new SubscriptionWatch(watched, settings.Watch, time, log)).ToList();
        // Many servers started at once must not ask at once; others use the given randomness at the same time.
        var tools = new WatchTools(onDuty, Board, time, new Random(random.Next()), log);
        _watchdog = new SubscriptionWatchdog(settings.Watch, subscriptions, new CertificateWatch(context), new WatchStore(database), Book, tools);
    }

    public WatchBoard Board { get; } = new();

    public DeliveryBook Book { get; }

    /// <summary>Runs until stopped.</summary>
    public Task RunAsync(CancellationToken stop) => _watchdog.RunAsync(stop);
}
