using OptFm.Server.Answers;
using OptFm.Server.Backups;
using OptFm.Server.Channels;
using OptFm.Server.Channels.Max;
using OptFm.Server.Channels.MaxCompat;
using OptFm.Server.Channels.Telegram;
using OptFm.Server.Channels.Web;
using OptFm.Server.Conversations;
using OptFm.Server.Faq;
using OptFm.Server.Inbox;
using OptFm.Server.Settings;
using OptFm.Server.Watchdog;

namespace OptFm.Server.Operations;

/// <summary>THE list of addresses: every path the server answers on.</summary>
public sealed class Routes(ServerSettings settings, WorkerTools tools, WebChats chats, IReadOnlyList<ChannelWorkers> workers, FaqLibrary library, WatchParts watch)
{
    public void Map(WebApplication app)
    {
        app.MapHealth(new Health(Report(), tools.Clock));
        WebEndpoints.Map(app, Web());
        MapMax(app);
        app.MapTelegram(TelegramChannel.Key, settings.Telegram.Enabled, settings.Telegram.Polling, watch.Board);
        foreach (var worker in workers)
        {
            if (worker.Channel is IDeliveredChannel channel && !ChannelList.IsPolled(channel, settings)) MapWebhook(app, channel, worker);
        }
    }

    /// <summary>Either of MAX's APIs shows as the one component "max".</summary>
    private string MaxName => settings.Max.Dialect == MaxDialect.Official ? MaxChannel.Key : MaxCompatChannel.Key;

    private string Address(HttpContext context) => ClientAddress.Of(context, settings.Http.Proxies)?.ToString() ?? "unknown";

    private void MapMax(WebApplication app)
    {
        var channel = workers.Select(w => w.Channel).FirstOrDefault(c => c.Name == MaxName);
        Answer Answer(InboundMessage message) => tools.Answers.Answer(message, new Conversation(MaxName, message.Chat));
        var endpoints = new MaxEndpoints(settings.Max, settings.Http.Token, (channel as IDeliveredChannel)?.Admin, Answer, Address, tools.Clock)
        {
            Watch = json => WatchStatus.Write(json, MaxName, watch.Board.Latest),
        };
        endpoints.Map(app);
        app.Lifetime.ApplicationStopped.Register(endpoints.Dispose);
    }

    private void MapWebhook(WebApplication app, IDeliveredChannel channel, ChannelWorkers worker)
    {
        var telegram = channel is TelegramChannel;
        var log = tools.Logs.CreateLogger(channel.GetType());
        var refusals = new RefusalLog(channel.Name, tools.Clock, log);
        var webhook = new WebhookEndpoint(channel, tools.Inbox, tools.Pressure, context => telegram || IsAllowed(context), context => refusals.Refused(Address(context)), log)
        {
            Telemetry = tools.Telemetry,
            Book = watch.Book,
            Stored = () =>
            {
                tools.Contacts.Heard(channel.Name);
                worker.Wake();
            },
        };
        app.MapPost(telegram ? "/webhook/telegram" : "/webhook/max", webhook.HandleAsync);
    }

    private bool IsAllowed(HttpContext context) =>
        settings.Max.AllowedNetworks.Count == 0
        || (ClientAddress.Of(context, settings.Http.Proxies) is { } address && ClientAddress.IsTrusted(address, settings.Max.AllowedNetworks));

    private WebSetup Web() => new()
    {
        Database = tools.Database,
        Inbox = tools.Inbox,
        Chats = chats,
        Address = Address,
        TrustedProxies = settings.Http.Proxies,
        Contacts = () => library.Phrases[PhraseList.Contacts],
        Clock = tools.Clock,
        Log = tools.Logs.CreateLogger<WebChannel>(),
        Stored = workers[0].Wake,
    };

    private HealthReport Report()
    {
        var probe = new QueueProbe(tools.Database, [.. workers.Select(w => w.Channel.Name)], tools.Clock);
        return new HealthReport
        {
            DatabaseWritable = _ => probe.WriteAsync(),
            Queue = _ => Task.FromResult(probe.Ages()),
            WorkersRunning = () => workers.All(w => w.Running),
            Warnings = () => watch.Board.Warnings,
            FaqEntries = () => library.Faq.Entries.Count,
            Backups = () => BackupJournal.Read(settings.Backup.DataFolder),
            Node = tools.Node,
            Channels = () => [tools.Contacts.Of(MaxName, settings.Max.Enabled) with { Name = "max" }, tools.Contacts.Of("telegram", settings.Telegram.Enabled)],
        };
    }
}
