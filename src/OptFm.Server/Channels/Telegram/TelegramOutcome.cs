using System.Globalization;
using System.Text.Json;
using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Telegram;

/// <summary>What an answer of a Telegram-shaped API means for the message. https://core.telegram.org/bots/api#making-requests</summary>
/// <param name="TokenSetting">Which setting holds the token, for the administrator.</param>
/// <param name="Token">Never to be shown.</param>
internal sealed record TelegramOutcome(string TokenSetting, string Token)
{
    public SendResult Of(MessengerReply reply, OutboundMessage message)
    {
        if (reply.Progress == CallProgress.NotSent) return SendResult.Retry(reply.Reason);
        if (reply.Progress == CallProgress.Lost) return SendResult.Unknown(reply.Reason);
        if (reply.IsSuccess && !reply.HasJson) return SendResult.Unknown($"answered {reply.Status} without JSON");
        if (reply.IsSuccess && !reply.Json.Get("ok").IsFalse())
            return SendResult.Sent(reply.Json.Get("result").Get("message_id").Id() ?? message.MessageId);

        return Refused(reply, message);
    }

    public static bool CannotParse(MessengerReply reply) => Status(reply) == 400 && (Says(reply, "parse") || Says(reply, "entit"));

    public string Reason(MessengerReply reply)
    {
        if (reply.Progress != CallProgress.Answered) return reply.Reason;
        var reason = RefusalReason.From(Status(reply), null, reply.Json.Get("description").Text(), Token);
        return IsTokenWrong(reply) ? $"{reason}; check {TokenSetting}" : reason;
    }

    public static TimeSpan? Wait(MessengerReply reply) =>
        MessengerClient.RetryAfter(reply.Json.Get("parameters").Get("retry_after")) ?? reply.RetryAfter;

    private SendResult Refused(MessengerReply reply, OutboundMessage message)
    {
        var reason = Reason(reply);
        if (message.Kind == OutboundKind.Replace && Says(reply, "message is not modified")) return SendResult.Sent(message.MessageId);
        if (IsTokenWrong(reply)) return SendResult.Retry(reason);
        if (reply.Json.Get("parameters").Get("migrate_to_chat_id").Id() is { } chat) return SendResult.Moved(chat);

        return Status(reply) switch
        {
            429 or 408 or >= 500 => SendResult.Retry(reason, Wait(reply)),
            >= 300 and < 400 => SendResult.Retry($"{reason}; is the API's address right?"),
            403 => SendResult.Blocked(reason),
            _ when message.Kind != OutboundKind.CallbackAnswer && IsGone(reply) => SendResult.Blocked(reason),
            _ => SendResult.Refused(reason),
        };
    }

    /// <summary>Telegram answers 404 with these very words where the token is no token at all.</summary>
    private static bool IsTokenWrong(MessengerReply reply) =>
        Status(reply) == 401 || (Status(reply) == 404 && reply.Json.Get("description").Text() == "Not Found");

    private static bool IsGone(MessengerReply reply) =>
        Says(reply, "chat not found") || Says(reply, "blocked") || Says(reply, "user is deactivated") || Says(reply, "PEER_ID_INVALID");

    /// <summary>Errors may come with HTTP 200; then <c>error_code</c> tells.</summary>
    private static int Status(MessengerReply reply)
    {
        var code = reply.Json.Get("error_code");
        if (code.ValueKind == JsonValueKind.Number && int.TryParse(code.GetRawText(), CultureInfo.InvariantCulture, out var status) && status is >= 300 and < 600)
            return status;

        return reply.IsSuccess ? 400 : reply.Status;
    }

    private static bool Says(MessengerReply reply, string words) =>
        reply.Json.Get("description").Text()?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
