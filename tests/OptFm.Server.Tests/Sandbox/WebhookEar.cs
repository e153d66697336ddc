using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OptFm.Sandbox.Records;

namespace OptFm.Server.Tests.Sandbox;

/// <summary>The bot's side of a webhook: it hears deliveries and answers whatever a test wants.</summary>
internal sealed class WebhookEar : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebhookEar()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(HearAsync);
    }

    internal Seen<Heard> Heard { get; } = new(keep: true);

    /// <summary>What each delivery is answered; 200 unless told.</summary>
    internal Func<Heard, int> Answer { get; set; } = static _ => 200;

    internal Uri Address { get; private set; } = new("http://127.0.0.1");

    public ValueTask DisposeAsync() => app.DisposeAsync();

    internal static async Task<WebhookEar> OpenAsync()
    {
        var ear = new WebhookEar();
        await ear.app.StartAsync();
        var addresses = ear.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        ear.Address = new Uri(new Uri(addresses.Addresses.First()), "/webhook");
        return ear;
    }

    private async Task HearAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var heard = new Heard(body, http.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        http.Response.StatusCode = Answer(heard);
        Heard.Add(heard);
    }
}

internal sealed record Heard(string Body, IReadOnlyDictionary<string, string> Headers);
