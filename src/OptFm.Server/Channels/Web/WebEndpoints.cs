using OptFm.Server.Inbox;
using OptFm.Server.Storage;

namespace OptFm.Server.Channels.Web;

/// <summary>What the page needs of the server.</summary>
public sealed record WebSetup
{
    public required Database Database { get; init; }

    public required InboxStore Inbox { get; init; }

    /// <summary>Must be told of every reply that settles: see <see cref="WebChats.Notify"/>.</summary>
    public required WebChats Chats { get; init; }

    /// <summary>The client's address, the proxies in between seen through.</summary>
    public required Func<HttpContext, string> Address { get; init; }

    /// <summary>Whose X-Forwarded-Proto is believed.</summary>
    public required IReadOnlyList<System.Net.IPNetwork> TrustedProxies { get; init; }

    /// <summary>How to reach the shop where the page cannot run its script; neutral markup.</summary>
    public required Func<string> Contacts { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>Called after a new message is on disk.</summary>
    public Action? Stored { get; init; }

    internal bool IsHttps(HttpContext context) => WebOrigin.IsHttps(context, TrustedProxies);
}

/// <summary>The addresses of the web page.</summary>
public static class WebEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder app, WebSetup setup)
    {
        var lifetime = app.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        var rate = new WebRate();
        lifetime.ApplicationStopped.Register(rate.Dispose);
        var page = new WebPage(setup);

        app.MapMethods("/", Reading, page.RootAsync);
        app.MapMethods("/chat/assets/{version}/{file}", Reading, page.AssetAsync);
        app.MapPost("/chat/messages", new WebMessages(setup, rate).HandleAsync);
        app.MapGet("/chat/events", new WebEvents(setup, lifetime.ApplicationStopping).HandleAsync);
    }
}
