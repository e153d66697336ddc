using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OptFm.Sandbox.Compat;
using OptFm.Sandbox.Control;
using OptFm.Sandbox.Deliveries;
using OptFm.Sandbox.Http;
using OptFm.Sandbox.Max;
using OptFm.Sandbox.Records;
using OptFm.Sandbox.Telegram;

namespace OptFm.Sandbox;

/// <summary>Fake MAX, guide-MAX and Telegram on one loopback port: for tests, benchmarks and trying the bot without a token.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient client;
    private readonly Background background = new();
    private readonly ControlApi control;

    private SandboxServer(SandboxOptions options)
    {
        Options = options;
        Log = new SandboxLog(options.KeepRecords, options.Time);
        client = new HttpClient(options.DeliveryHandler ?? NewHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        Max = new FakeMax(Parts(Messenger.Max));
        Compat = new FakeCompat(Parts(Messenger.Compat));
        Telegram = new FakeTelegram(Parts(Messenger.Telegram));
        control = new ControlApi(this);
        app = Build(options.Port, AnswerAsync);
    }

    public SandboxOptions Options { get; }

    /// <summary>What the messengers saw.</summary>
    public SandboxLog Log { get; }

    public FakeMax Max { get; }

    public FakeCompat Compat { get; }

    public FakeTelegram Telegram { get; }

    /// <summary>For <c>MAX_BASE_URL</c> with <c>MAX_API=official</c>.</summary>
    public Uri MaxAddress => Max.Address;

    /// <summary>For <c>MAX_BASE_URL</c> with <c>MAX_API=compat</c>.</summary>
    public Uri CompatAddress => Compat.Address;

    /// <summary>For <c>TELEGRAM_BASE_URL</c>.</summary>
    public Uri TelegramAddress => Telegram.Address;

    /// <summary>Where the control API (<c>/sandbox/…</c>) is.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions? options = null, CancellationToken stop = default)
    {
        var server = new SandboxServer(options ?? new SandboxOptions());
        try
        {
            await server.app.StartAsync(stop);
            server.FindAddress();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public FakeMessenger this[Messenger messenger] => messenger switch
    {
        Messenger.Max => Max,
        Messenger.Compat => Compat,
        _ => Telegram,
    };

    /// <summary>Forgets everything but the limits' and numbers' state.</summary>
    public void Reset()
    {
        Max.Reset();
        Compat.Reset();
        Telegram.Reset();
        Log.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await background.DisposeAsync();
        await app.DisposeAsync();
        client.Dispose();
    }

    private static SocketsHttpHandler NewHandler() => new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, MaxConnectionsPerServer = 256 };

    private static WebApplication Build(int port, RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var built = builder.Build();
        built.Run(answer);
        return built;
    }

    private MessengerParts Parts(Messenger messenger) => new(messenger, Options, Log, client, background);

    private void FindAddress()
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        Address = new Uri(addresses!.Addresses.First());
        Max.Address = new Uri(Address, "/max");
        Compat.Address = new Uri(Address, "/compat/api");
        Telegram.Address = new Uri(Address, "/telegram");
    }

    private Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path;
        if (path.StartsWithSegments("/via", out var via) && via.Value!.Split('/') is ["", var caller, ..])
        {
            http.Items[ApiCall.CallerItem] = caller;
            path = via.Value[(caller.Length + 1)..];
        }

        if (path.StartsWithSegments("/max", out var rest)) return Max.AnswerAsync(http, rest);
        if (path.StartsWithSegments("/telegram", out rest)) return Telegram.AnswerAsync(http, rest);
        if (path.StartsWithSegments("/compat/api", out rest)) return Compat.AnswerAsync(http, rest);
        return control.AnswerAsync(http);
    }
}
