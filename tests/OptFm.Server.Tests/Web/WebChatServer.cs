using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Answers;
using OptFm.Server.Channels;
using OptFm.Server.Channels.Web;
using OptFm.Server.Conversations;
using OptFm.Server.Inbox;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Tests.Web;

/// <summary>The web page on a real port, with the real message path behind it and a bot that repeats what it hears.</summary>
internal sealed class WebChatServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("optfm-web-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly WebApplication _app;
    private readonly InboxWorker _inbox;
    private readonly OutboxWorker _outbox;
    private readonly Task _running;

    private WebChatServer(WebStreamLimits? limits)
    {
        var channel = new WebChannel();
        var retries = new RetrySchedule(new Random(1), TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(1));
        Database = SqliteDatabase.OpenToServe(Path.Combine(_folder, "optfm.db"));
        Chats = new WebChats(limits ?? new());
        var options = new OutboxOptions { ReplyMaxAge = TimeSpan.FromHours(1) };
        _outbox = new(channel, Database, options, retries, new AckPressure(), TimeProvider.System, NullLogger.Instance) { Settled = Chats.Notify };
        _inbox = new(channel, Database, new HandleMessage(channel.Limits, Answer, Failed), retries, new AckPressure(), TimeProvider.System, NullLogger.Instance)
        {
            Replied = _outbox.Wake,
        };
        _app = Build();
        _running = Task.WhenAll(_inbox.RunAsync(_stop.Token), _outbox.RunAsync(_stop.Token));
    }

    public Database Database { get; }

    public WebChats Chats { get; }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<WebChatServer> StartAsync(WebStreamLimits? limits = null)
    {
        var server = new WebChatServer(limits);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>A browser of its own: its cookies, and an address that counts apart from others'.</summary>
    public WebVisitor Visit(string address = "192.0.2.1") => new(Address, address);

    /// <summary>Ends as SIGTERM does.</summary>
    public Task StopAsync() => _app.StopAsync();

    public long Count(string table) => Database.Read(session => session.First($"SELECT count(*) FROM {table}", r => r.GetInt64(0)));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _stop.CancelAsync();
        await _running;
        _inbox.Dispose();
        _outbox.Dispose();
        Database.Dispose();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Answer Answer(InboundMessage message, Conversation conversation) => new("test", Replies(message), conversation);

    private static Answer Failed(Conversation conversation) => new("error", [new Reply("Сбой")], conversation);

    private static Reply[] Replies(InboundMessage message) => message.Kind switch
    {
        InboundKind.Started => [new Reply("**Здравствуйте!** <b>", Keyboard.Column([new("Меню", "menu:1")]))],
        InboundKind.Button when message.Payload!.StartsWith("menu:", StringComparison.Ordinal) =>
            [new Reply($"Меню {message.Payload}", Keyboard.Column([new("Дальше", "menu:2"), new("Сайт", Url: "https://optfm.ru/")])) { Replace = true }],
        InboundKind.Button => [new Reply($"Нажато {message.Payload}")],
        _ => [new Reply("Вы сказали: " + Markup.Escape(message.Text))],
    };

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        WebEndpoints.Map(app, new WebSetup
        {
            Database = Database,
            Inbox = new InboxStore(Database, TimeProvider.System),
            Chats = Chats,
            Address = context => context.Request.Headers[WebVisitor.AddressHeader].ToString(),
            TrustedProxies = [System.Net.IPNetwork.Parse("127.0.0.0/8")],
            Contacts = () => "Пишите: **zakaz@example.org** <script>",
            Clock = TimeProvider.System,
            Log = NullLogger.Instance,
            Stored = () => _inbox.Wake(),
        });
        return app;
    }
}
