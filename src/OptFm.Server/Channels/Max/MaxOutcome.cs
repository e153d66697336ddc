using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Max;

/// <summary>What an answer of the official API means for the message. Errors are <c>{code, message}</c>, also at HTTP 200 with <c>success:false</c>.</summary>
internal static class MaxOutcome
{
    public static SendResult Of(MessengerReply reply, OutboundMessage message, string token)
    {
        if (reply.Progress == CallProgress.NotSent) return SendResult.Retry(reply.Reason);
        if (reply.Progress == CallProgress.Lost) return SendResult.Unknown(reply.Reason);
        if (!reply.IsSuccess) return Refused(reply, message, token);
        if (!reply.HasJson) return SendResult.Unknown($"answered {reply.Status} without JSON");
        if (reply.Json.Get("success").IsFalse()) return Refused(reply, message, token);

        return SendResult.Sent(reply.Json.Get("message").Get("body").Get("mid").Words() ?? message.MessageId);
    }

    private static SendResult Refused(MessengerReply reply, OutboundMessage message, string token)
    {
        var code = reply.Json.Get("code").Text();
        var said = reply.Json.Get("message").Text() ?? reply.Json.Get("error").Text();
        var reason = RefusalReason.From(reply.Status, code, said, token);
        return reply.Status switch
        {
            401 => SendResult.Retry($"{reason}; check MAX_API_KEY"),
            _ when code == "verify.token" => SendResult.Retry($"{reason}; check MAX_API_KEY"),
            429 or 408 or >= 500 => SendResult.Retry(reason, reply.RetryAfter),
            >= 300 and < 400 => SendResult.Retry($"{reason}; is MAX_BASE_URL right?"),
            _ when code == "attachment.not.ready" => SendResult.Retry(reason, reply.RetryAfter) with { Limited = true },
            403 => SendResult.Blocked(reason),
            _ when message.Kind != OutboundKind.CallbackAnswer && IsGone($"{code} {said}") => SendResult.Blocked(reason),
            _ => SendResult.Refused(reason),
        };
    }

    /// <summary>The chat itself is the trouble. Codes differ between methods and versions: the words do not.</summary>
    private static bool IsGone(string words) => Says(words, "chat not found") || Says(words, "chat.not.found") || Says(words, "dialog.not.found")
        || Says(words, "dialog.suspended") || Says(words, "dialog suspended") || Says(words, "chat.denied") || Says(words, "user not found");

    private static bool Says(string words, string phrase) => words.Contains(phrase, StringComparison.OrdinalIgnoreCase);
}
