using System.Text.Json;
using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Telegram;

/// <summary>Webhook and commands of a Telegram-shaped API.</summary>
/// <param name="Api">Makes the calls.</param>
/// <param name="Outcome">Words the refusals.</param>
/// <param name="Types">Updates to ask for.</param>
/// <param name="HasCommands">Whether the API has a menu of commands; the guide's has not.</param>
internal sealed record TelegramAdmin(TelegramApi Api, TelegramOutcome Outcome, IReadOnlyList<string> Types, bool HasCommands) : IWebhookAdmin
{
    private const int Connections = 40;

    public bool Accumulates => false;

    public async Task<AdminAnswer> MeAsync(CancellationToken stop)
    {
        var reply = await Api.GetAsync("getMe", stop);
        return Answer(reply) with { Bot = reply.Json.Get("result") };
    }

    public async Task<AdminAnswer> InfoAsync(CancellationToken stop)
    {
        var reply = await Api.GetAsync("getWebhookInfo", stop);
        var answer = Answer(reply);
        // What says nothing of an address must not be taken for there being none.
        if (answer.Worked && reply.Json.Get("result").Get("url").ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            return new AdminAnswer($"answered {reply.Status} without the webhook's address");
        return answer with { Facts = [.. Facts(reply.Json.Get("result"))], Told = reply.Json.Get("result") };
    }

    public async Task<AdminAnswer> SetAsync(Uri url, string secret, CancellationToken stop) => Answer(await Api.CallAsync(
        "setWebhook",
        json =>
        {
            json.WriteString("url", url.AbsoluteUri);
            if (secret.Length > 0) json.WriteString("secret_token", secret);
            json.WriteNumber("max_connections", Connections);
            json.WriteStartArray("allowed_updates");
            foreach (var type in Types) json.WriteStringValue(type);
            json.WriteEndArray();
        },
        stop));

    /// <summary>There is never more than one.</summary>
    public Task<AdminAnswer> TidyAsync(Uri url, CancellationToken stop) => Task.FromResult(new AdminAnswer());

    public async Task<AdminAnswer> DeleteAsync(CancellationToken stop) => Answer(await Api.CallAsync("deleteWebhook", _ => { }, stop));

    public async Task<AdminAnswer> SetCommandsAsync(IReadOnlyList<BotCommand> commands, CancellationToken stop)
    {
        if (!HasCommands) return new AdminAnswer();
        return Answer(await Api.CallAsync("setMyCommands", json => Write(json, commands), stop));
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<BotCommand> commands)
    {
        json.WriteStartArray("commands");
        foreach (var command in commands)
        {
            json.WriteStartObject();
            json.WriteString("command", command.Name);
            json.WriteString("description", command.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private IEnumerable<string> Facts(JsonElement info)
    {
        if (info.Get("url").Words() is { } url) yield return $"url: {url}";
        if (info.Get("pending_update_count").Id() is { } pending) yield return $"pending updates: {pending}";
        if (info.Get("last_error_message").Words() is { } error) yield return $"last error: {RefusalReason.Clean(error, Outcome.Token)}";
    }

    private AdminAnswer Answer(MessengerReply reply)
    {
        if (reply.Progress == CallProgress.Answered && reply.IsSuccess && reply.Json.Get("ok").IsTrue()) return new AdminAnswer();
        if (reply.Progress == CallProgress.Answered && reply.IsSuccess && !reply.HasJson) return new AdminAnswer($"answered {reply.Status} without JSON");
        return new AdminAnswer(Outcome.Reason(reply));
    }
}
