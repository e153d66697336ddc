using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OptFm.Sandbox.Deliveries;
using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Telegram;

/// <summary>The Telegram Bot API: the token in the URL, webhooks or long polling.</summary>
public sealed class FakeTelegram : BotApiMessenger
{
    private static readonly string[] Methods =
    [
        "getMe", "setWebhook", "deleteWebhook", "getWebhookInfo", "getUpdates",
        "sendMessage", "editMessageText", "answerCallbackQuery", "sendChatAction", "setMyCommands",
    ];

    private readonly BotApiPolling polling;
    private volatile IReadOnlyList<string> commands = [];

    internal FakeTelegram(MessengerParts parts) : base(parts, [443, 80, 88, 8443]) => polling = new BotApiPolling(Feed);

    public override string Token => Parts.Options.TelegramToken;

    /// <summary>Names of the commands the bot has set, in order.</summary>
    public IReadOnlyList<string> Commands => commands;

    internal override bool NumbersUpdates => true;

    private protected override string? NameOf(string verb, PathString path) =>
        verb is "GET" or "POST" && path.Value!.Split('/') is ["", _, var method] ? Known(method, Methods) : null;

    private protected override ApiAnswer? Unauthorized(HttpContext http, PathString path)
    {
        if (path.StartsWithSegments("/bot" + Token, StringComparison.Ordinal)) return null;
        return path.Value!.StartsWith("/bot", StringComparison.Ordinal) ? BotApiAnswers.Error(401, "Unauthorized") : BotApiAnswers.Error(404, "Not Found");
    }

    private protected override Task<ApiAnswer> PollAsync(ApiCall call) => polling.TakeAsync(call);

    private protected override ApiAnswer SetCommands(ApiCall call)
    {
        if (call.Member("commands") is not { ValueKind: JsonValueKind.Array } list) return BotApiAnswers.BadRequest("parameter \"commands\" is required");
        var given = list.EnumerateArray().Select(static item => (Name: item.Text("command") ?? "", Text: item.Text("description") ?? "")).ToList();
        if (given.Count > 100) return BotApiAnswers.BadRequest("too many commands");
        if (!given.TrueForAll(static command => IsName(command.Name))) return BotApiAnswers.BadRequest("BOT_COMMAND_INVALID");
        if (given.Exists(static command => command.Text.Length is 0 or > 256)) return BotApiAnswers.BadRequest("BOT_COMMAND_DESCRIPTION_INVALID");

        commands = [.. given.Select(static command => command.Name)];
        return BotApiAnswers.True;
    }

    private protected override void Sign(HttpRequestMessage request, Webhook hook, byte[] json)
    {
        if (hook.Secret is not null) request.Headers.TryAddWithoutValidation("X-Telegram-Bot-Api-Secret-Token", hook.Secret);
    }

    /// <summary>1–32 of a–z, 0–9 and _. <see href="https://core.telegram.org/bots/api#botcommand"/></summary>
    private static bool IsName(string name) =>
        name.Length is >= 1 and <= 32 && name.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');
}
