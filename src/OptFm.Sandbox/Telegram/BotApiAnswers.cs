using System.Text.Json;
using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Telegram;

/// <summary>The Bot API's envelope. <see href="https://core.telegram.org/bots/api#making-requests"/></summary>
internal static class BotApiAnswers
{
    internal static readonly ApiAnswer True = new(200, """{"ok":true,"result":true}"""u8.ToArray());

    internal static ApiAnswer Result(Action<Utf8JsonWriter> members) => new(200, JsonText.Object(json =>
    {
        json.WriteBoolean("ok", true);
        json.WriteStartObject("result");
        members(json);
        json.WriteEndObject();
    }));

    internal static ApiAnswer Error(int status, string description, Action<Utf8JsonWriter>? parameters = null) => new(status, JsonText.Object(json =>
    {
        json.WriteBoolean("ok", false);
        json.WriteNumber("error_code", status);
        json.WriteString("description", description);
        if (parameters is not null) json.WriteObject("parameters", parameters);
    }));

    internal static ApiAnswer BadRequest(string what) => Error(400, $"Bad Request: {what}");

    internal static ApiAnswer Blocked() => Error(403, "Forbidden: bot was blocked by the user");

    /// <param name="wait">Whole seconds are named, at least one; null names none.</param>
    internal static ApiAnswer TooManyRequests(TimeSpan? wait)
    {
        if (wait is not { } time) return Error(429, "Too Many Requests");
        var seconds = Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
        return Error(429, $"Too Many Requests: retry after {seconds}", json => json.WriteNumber("retry_after", seconds));
    }

    internal static ApiAnswer Moved(string? to) =>
        Error(400, "Bad Request: group chat was upgraded to a supergroup chat", json => json.WriteId("migrate_to_chat_id", to ?? "-1000000000001"));
}

/// <summary>A call that is answered 400; the message follows "Bad Request: ".</summary>
internal sealed class BotApiException(string message) : Exception(message);
