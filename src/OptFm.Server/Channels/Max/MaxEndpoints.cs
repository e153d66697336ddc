using System.Net;
using System.Text.Json;
using OptFm.Server.Answers;
using OptFm.Server.Operations;

namespace OptFm.Server.Channels.Max;

/// <summary>The deployment guide's endpoints about MAX, beside the webhook itself. They exist whether MAX is on or off.</summary>
/// <param name="options">Settings of MAX.</param>
/// <param name="adminToken">Opens changing the webhook; empty: nobody.</param>
/// <param name="admin">The MAX channel's administration, null while MAX is off.</param>
/// <param name="answer">Answers a message without storing or sending anything.</param>
/// <param name="address">The caller's address, the proxies in between seen through.</param>
/// <param name="time">Clock of the connection check.</param>
public sealed class MaxEndpoints(
    MaxOptions options, string adminToken, IWebhookAdmin? admin, Func<InboundMessage, Answer> answer, Func<HttpContext, string> address, TimeProvider time) : IDisposable
{
    public const string WebhookPath = "/webhook/max/";

    /// <summary>Adds what is known of the subscription to the status.</summary>
    public Action<Utf8JsonWriter> Watch { get; init; } = static _ => { };

    private readonly MaxConnection _connection = new(admin, time);
    private readonly MaxTestEndpoint _test = new(answer, address);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/webhook/max/status", StatusAsync);
        routes.MapPost("/webhook/max/setup-webhook", AdminAccess.Only(adminToken, SetAsync));
        routes.MapDelete("/webhook/max/webhook", AdminAccess.Only(adminToken, DeleteAsync));
        if (options.TestEndpointOn) routes.MapPost("/webhook/max/test", _test.HandleAsync);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _test.Dispose();
    }

    private async Task StatusAsync(HttpContext context)
    {
        var connection = await _connection.LookAsync(context.RequestAborted);
        await JsonAnswer.WriteAsync(context, HttpStatusCode.OK, json =>
        {
            json.WriteString("status", "ok");
            json.WriteString("max_integration", options.Enabled ? "enabled" : "disabled");
            json.WriteBoolean("api_key_configured", options.Enabled);
            json.WriteBoolean("bot_initialized", admin is not null);
            json.WriteString("webhook_endpoint", WebhookPath);
            json.WriteString("api", options.Dialect == MaxDialect.Official ? "official" : "compat");
            json.WriteString("updates", options.Polling ? "polling" : "webhook");
            json.WriteString("api_connection", connection.Word);
            WriteBot(json, connection.Bot);
            Watch(json);
        });
    }

    /// <summary>Only what identifies the bot: the status is public.</summary>
    private static void WriteBot(Utf8JsonWriter json, JsonElement bot)
    {
        if (bot.ValueKind != JsonValueKind.Object)
        {
            json.WriteNull("bot_info");
            return;
        }

        json.WriteStartObject("bot_info");
        if ((bot.Get("id").Id() ?? bot.Get("user_id").Id()) is { } id) json.WriteId("id", id);
        foreach (var field in (ReadOnlySpan<string>)["first_name", "username"])
        {
            if (bot.Get(field).Words() is { } value) json.WriteString(field, value);
        }

        json.WriteEndObject();
    }

    private async Task SetAsync(HttpContext context)
    {
        using var request = await JsonRequest.ReadAsync(context);
        if (request is null) return;

        var secret = request.RootElement.Get("secret_token");
        if (!Uri.TryCreate(request.RootElement.Get("webhook_url").Text(), UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps)
            await JsonRequest.RefuseAsync(context, HttpStatusCode.BadRequest, "webhook_url must be a public https address");
        else if (secret.Exists() && (secret.Text() is not { } text || !WebhookSecret.IsAcceptable(text, 1, 256)))
            await JsonRequest.RefuseAsync(context, HttpStatusCode.BadRequest, "secret_token must be 1 to 256 of A-Z a-z 0-9 _ -");
        else if (admin is null)
            await JsonRequest.RefuseAsync(context, HttpStatusCode.Conflict, "MAX is off: MAX_API_KEY is not set");
        else
            await AnswerAsync(context, await admin.SetAsync(url, secret.Text() ?? options.Secret, context.RequestAborted), Warning(secret.Text()));
    }

    private string? Warning(string? secret) => secret is not null && options.Verify && !WebhookSecret.Same(options.Secret, secret)
        ? "secret_token differs from MAX_WEBHOOK_SECRET: deliveries will be refused until they are the same"
        : null;

    private async Task DeleteAsync(HttpContext context)
    {
        if (admin is null) await JsonRequest.RefuseAsync(context, HttpStatusCode.Conflict, "MAX is off: MAX_API_KEY is not set");
        else await AnswerAsync(context, await admin.DeleteAsync(context.RequestAborted), null);
    }

    /// <summary>424: this server did its part, what it depends on did not.</summary>
    private static Task AnswerAsync(HttpContext context, AdminAnswer answer, string? warning) =>
        JsonAnswer.WriteAsync(context, answer.Worked ? HttpStatusCode.OK : HttpStatusCode.FailedDependency, json =>
        {
            json.WriteString("status", answer.Worked ? "ok" : "error");
            if (!answer.Worked) json.WriteString("message", $"MAX: {answer.Problem}");
            if (warning is not null) json.WriteString("warning", warning);
        });
}
