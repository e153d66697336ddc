using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OptFm.Sandbox.Customers;
using OptFm.Sandbox.Deliveries;
using OptFm.Sandbox.Faults;
using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Telegram;

/// <summary>A messenger with Telegram's Bot API: Telegram itself and the guide's MAX.</summary>
public abstract class BotApiMessenger : FakeMessenger
{
    private readonly BotApiMessages messages;
    private readonly BotApiUpdates updates;
    private readonly BotApiWebhooks webhooks;
    private readonly Random pressNumbers;
    private readonly Lock gate = new();
    private long lastMessage = 100;

    private protected BotApiMessenger(MessengerParts parts, IReadOnlyList<int> ports) : base(parts)
    {
        Feed = parts.NewFeed(Faults, DeliveryRules.Telegram, Sign, IsUsual, keepsOrphans: true);
        messages = new BotApiMessages(this, parts.Log);
        updates = new BotApiUpdates(this, messages);
        webhooks = new BotApiWebhooks(Feed, parts.Options, ports);
        pressNumbers = parts.NewRandom();
    }

    internal sealed override UpdateFeed Feed { get; }

    /// <summary>Whether updates carry an <c>update_id</c>.</summary>
    internal abstract bool NumbersUpdates { get; }

    /// <summary>Long polling, for those that have it.</summary>
    private protected virtual Task<ApiAnswer> PollAsync(ApiCall call) => Task.FromResult(BotApiAnswers.Error(404, "Not Found"));

    private protected virtual ApiAnswer SetCommands(ApiCall call) => BotApiAnswers.Error(404, "Not Found");

    private protected abstract void Sign(HttpRequestMessage request, Webhook hook, byte[] json);

    public override Task<Delivery> CustomerSaysAsync(string chat, string text, Customer? who = null) =>
        Feed.PublishAsync(updates.Message("message", NextMessageId(), chat, text, Open(chat, who)));

    public override Task<Delivery> CustomerEditsAsync(string chat, string messageId, string text, Customer? who = null) =>
        Feed.PublishAsync(updates.Message("edited_message", messageId, chat, text, Open(chat, who)));

    public override Task<Delivery> CustomerStartsAsync(string chat, string? payload = null, Customer? who = null)
    {
        Chats.Block(chat, blocked: false);
        return CustomerSaysAsync(chat, payload is null ? "/start" : $"/start {payload}", who);
    }

    public override Task<Delivery> CustomerPressesAsync(string chat, string payload, string? messageId = null, Customer? who = null)
    {
        var person = Open(chat, who);
        var message = messageId is null ? Messages.WithButton(chat, payload) : Messages.Find(messageId);
        var press = new Press(NextPressId(), chat, message?.Id, Parts.Time.GetUtcNow());
        Messages.PutPress(press);
        return Feed.PublishAsync(updates.Press(press, payload, message, person));
    }

    public override Task<Delivery> CustomerBlocksBotAsync(string chat, Customer? who = null)
    {
        var person = Open(chat, who);
        Chats.Block(chat, blocked: true);
        return Feed.PublishAsync(updates.Membership(chat, person, "member", "kicked"));
    }

    internal string NextMessageId() => $"{Interlocked.Increment(ref lastMessage)}";

    internal void WriteBot(Utf8JsonWriter json)
    {
        json.WriteNumber("id", 1_000_001);
        json.WriteBoolean("is_bot", true);
        json.WriteString("first_name", "Бот песочницы");
        json.WriteString("username", "sandbox_bot");
    }

    /// <summary>Why the bot may not write to a chat, if it may not.</summary>
    internal ApiAnswer? Refusal(string chat)
    {
        if (Chats.IsBlocked(chat)) return BotApiAnswers.Blocked();
        return Parts.Options.KnownChatsOnly && !Chats.Knows(chat) ? BotApiAnswers.BadRequest("chat not found") : null;
    }

    private protected static string? Known(string method, IReadOnlyList<string> names) =>
        names.FirstOrDefault(name => string.Equals(name, method, StringComparison.OrdinalIgnoreCase));

    private protected override ApiAnswer NoSuchMethod(HttpContext http, PathString path) => BotApiAnswers.Error(404, "Not Found: method not found");

    private protected override ApiAnswer BadBody(string reason) =>
        reason == "too large" ? BotApiAnswers.Error(413, "Request Entity Too Large") : BotApiAnswers.BadRequest("can't parse JSON object");

    private protected override string? ChatOf(ApiCall call, PathString path) => call.Method == "answerCallbackQuery"
        ? call.Parameter("callback_query_id") is { } id ? Messages.FindPress(id)?.Chat : null
        : call.Parameter("chat_id");

    private protected override LimitKind LimitOf(string name) => name switch
    {
        "sendMessage" or "editMessageText" => LimitKind.Chat,
        "answerCallbackQuery" => LimitKind.CallbackAnswer,
        _ => LimitKind.None,
    };

    private protected override bool IsGroup(string chat) => BotApiJson.IsGroup(chat);

    private protected override ApiAnswer TooManyRequests(TimeSpan? wait) => BotApiAnswers.TooManyRequests(wait);

    private protected override ApiAnswer Answer(Fault fault, string name) => fault.Kind switch
    {
        FaultKind.TooManyRequests => BotApiAnswers.TooManyRequests(fault.RetryAfter),
        FaultKind.HtmlBody => MessengerParts.HtmlPage(fault.Status == 0 ? 502 : fault.Status),
        FaultKind.SuccessFalse => BotApiAnswers.Error(400, "Bad Request: internal") with { Status = 200 },
        FaultKind.Blocked => BotApiAnswers.Blocked(),
        FaultKind.AttachmentNotReady => BotApiAnswers.BadRequest("attachment.not.ready"),
        FaultKind.Moved => BotApiAnswers.Moved(fault.MovedTo),
        _ => BotApiAnswers.Error(fault.Status == 0 ? 503 : fault.Status, "Service Unavailable"),
    };

    private protected override async ValueTask<ApiAnswer> DoAsync(ApiCall call)
    {
        try
        {
            return call.Method == "getUpdates" ? await PollAsync(call) : Do(call);
        }
        catch (BotApiException error)
        {
            return BotApiAnswers.BadRequest(error.Message);
        }
    }

    private ApiAnswer Do(ApiCall call) => call.Method switch
    {
        "getMe" => BotApiAnswers.Result(WriteBot),
        "setWebhook" => webhooks.Set(call),
        "deleteWebhook" => webhooks.Delete(call),
        "getWebhookInfo" => webhooks.Info(),
        "sendMessage" => messages.Send(call),
        "editMessageText" => messages.Edit(call),
        "answerCallbackQuery" => messages.AnswerPress(call),
        "sendChatAction" => messages.TakeAction(call),
        _ => SetCommands(call),
    };

    /// <summary>All but chat_member and the reactions, unless the bot asks for them.</summary>
    internal static bool IsUsual(string type) => type is not ("chat_member" or "message_reaction" or "message_reaction_count");

    private string NextPressId()
    {
        lock (gate) return $"{pressNumbers.NextInt64(1L << 60, long.MaxValue)}";
    }

    private Customer Open(string chat, Customer? who)
    {
        var person = who ?? Customer.Anna;
        Chats.Open(chat, person.UserId ?? BotApiJson.UserOf(chat));
        return person;
    }
}
