using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OptFm.Sandbox.Deliveries;
using OptFm.Sandbox.Http;
using OptFm.Sandbox.Telegram;

namespace OptFm.Sandbox.Compat;

/// <summary>The deployment guide's MAX API: Telegram's shapes, a bearer key, ids that may be strings, no <c>update_id</c>, no polling.</summary>
public sealed class FakeCompat : BotApiMessenger
{
    private static readonly string[] Reading = ["getMe", "getWebhookInfo"];
    private static readonly string[] Writing = ["sendMessage", "setWebhook", "deleteWebhook", "editMessageText", "answerCallbackQuery"];

    internal FakeCompat(MessengerParts parts) : base(parts, [443]) => Proof = parts.Options.CompatProof;

    public override string Token => Parts.Options.CompatToken;

    /// <summary>How deliveries prove themselves from now on.</summary>
    public CompatProof Proof { get; set; }

    internal override bool NumbersUpdates => false;

    private protected override string? NameOf(string verb, PathString path)
    {
        var method = path.Value!.TrimStart('/');
        return verb switch
        {
            "GET" => Known(method, Reading),
            "POST" => Known(method, Writing) ?? Known(method, Reading),
            _ => null,
        };
    }

    private protected override ApiAnswer? Unauthorized(HttpContext http, PathString path) =>
        http.Request.Headers.Authorization == "Bearer " + Token ? null : BotApiAnswers.Error(401, "Unauthorized");

    private protected override void Sign(HttpRequestMessage request, Webhook hook, byte[] json)
    {
        if (hook.Secret is not { } secret) return;
        var (name, value) = Proof switch
        {
            CompatProof.TelegramHeader => ("X-Telegram-Bot-Api-Secret-Token", secret),
            CompatProof.MaxHeader => ("X-Max-Bot-Api-Secret", secret),
            _ => ("X-Max-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), json))),
        };
        request.Headers.TryAddWithoutValidation(name, value);
    }
}
