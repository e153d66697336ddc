using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Max;

/// <summary>What the official MAX API answers where there is no object to show.</summary>
internal static class MaxAnswers
{
    internal static readonly ApiAnswer Success = new(200, """{"success":true}"""u8.ToArray());

    internal static ApiAnswer Failure(string message) => new(200, JsonText.Object(json =>
    {
        json.WriteBoolean("success", false);
        json.WriteString("message", message);
    }));

    internal static ApiAnswer Error(int status, string code, string message) => new(status, JsonText.Object(json =>
    {
        json.WriteString("code", code);
        json.WriteString("message", message);
    }));

    internal static ApiAnswer BadRequest(string message) => Error(400, "proto.payload", message);

    internal static ApiAnswer NotFound(string message) => Error(404, "not.found", message);

    /// <summary>A person who stopped or blocked the bot.</summary>
    internal static ApiAnswer Suspended() => Error(403, "chat.denied", "error.dialog.suspended");
}
