using Microsoft.AspNetCore.Http;
using OptFm.Sandbox.Customers;
using OptFm.Sandbox.Deliveries;
using OptFm.Sandbox.Faults;
using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Max;

/// <summary>The official MAX Bot API.</summary>
public sealed class FakeMax : FakeMessenger
{
    private readonly MaxIds ids;
    private readonly MaxMessages messages;
    private readonly MaxSubscriptions subscriptions;
    private readonly MaxProfile profile;

    internal FakeMax(MessengerParts parts) : base(parts)
    {
        ids = new MaxIds(parts.NewRandom(), parts.Time);
        Feed = parts.NewFeed(Faults, DeliveryRules.Max, Sign, static _ => true, keepsOrphans: false);
        messages = new MaxMessages(this, ids, parts.Log);
        subscriptions = new MaxSubscriptions(Feed, parts.Options);
        profile = new MaxProfile(parts.Time);
    }

    public override string Token => Parts.Options.MaxToken;

    /// <summary>Names of the commands the bot has set, in order.</summary>
    public IReadOnlyList<string> Commands => profile.Commands;

    internal override UpdateFeed Feed { get; }

    private long Now => Parts.Time.GetUtcNow().ToUnixTimeMilliseconds();

    public override Task<Delivery> CustomerSaysAsync(string chat, string text, Customer? who = null)
    {
        var person = Open(chat, who);
        var seq = ids.NextSeq();
        var mid = MaxIds.Mid(chat, seq);
        var json = MaxUpdates.MessageCreated(chat, mid, seq, text, person, Now);
        return Feed.PublishAsync(new PendingUpdate("message_created", chat, _ => json) { Id = mid });
    }

    public override Task<Delivery> CustomerEditsAsync(string chat, string messageId, string text, Customer? who = null)
    {
        var json = MaxUpdates.MessageEdited(chat, messageId, ids.NextSeq(), text, Open(chat, who), Now);
        return Feed.PublishAsync(new PendingUpdate("message_edited", chat, _ => json) { Id = messageId });
    }

    public override Task<Delivery> CustomerPressesAsync(string chat, string payload, string? messageId = null, Customer? who = null)
    {
        var person = Open(chat, who);
        var message = messageId is null ? Messages.WithButton(chat, payload) : Messages.Find(messageId);
        var press = new Press(ids.NextCallbackId(), chat, message?.Id, Parts.Time.GetUtcNow());
        Messages.PutPress(press);
        var json = MaxUpdates.MessageCallback(chat, press.CallbackId, payload, message, person, Now);
        return Feed.PublishAsync(new PendingUpdate("message_callback", chat, _ => json) { Id = press.CallbackId });
    }

    public override Task<Delivery> CustomerStartsAsync(string chat, string? payload = null, Customer? who = null)
    {
        Chats.Block(chat, blocked: false);
        return PublishDialog("bot_started", chat, payload, Open(chat, who));
    }

    public override Task<Delivery> CustomerBlocksBotAsync(string chat, Customer? who = null)
    {
        var person = Open(chat, who);
        Chats.Block(chat, blocked: true);
        return PublishDialog("bot_stopped", chat, null, person);
    }

    /// <summary>Why the bot may not write to a chat, if it may not.</summary>
    internal ApiAnswer? Refusal(string chat)
    {
        if (Chats.IsBlocked(chat)) return MaxAnswers.Suspended();
        return Parts.Options.KnownChatsOnly && !Chats.Knows(chat) ? MaxAnswers.NotFound($"Chat {chat} not found") : null;
    }

    private protected override string? NameOf(string verb, PathString path) => (verb, path.Value) switch
    {
        ("GET", "/me") => "GET /me",
        ("PATCH", "/me/commands") => "PATCH /me/commands",
        ("POST", "/messages") => "POST /messages",
        ("PUT", "/messages") => "PUT /messages",
        ("DELETE", "/messages") => "DELETE /messages",
        ("POST", "/answers") => "POST /answers",
        ("GET", "/subscriptions") => "GET /subscriptions",
        ("POST", "/subscriptions") => "POST /subscriptions",
        ("DELETE", "/subscriptions") => "DELETE /subscriptions",
        ("GET", "/updates") => "GET /updates",
        ("POST", { } other) when MaxProfile.ChatOfActions(other) is not null => "POST /chats/actions",
        _ => null,
    };

    private protected override ApiAnswer? Unauthorized(HttpContext http, PathString path)
    {
        if (http.Request.Headers.Authorization == Token) return null;
        return MaxAnswers.Error(401, "verify.token", "Invalid access_token");
    }

    private protected override ApiAnswer NoSuchMethod(HttpContext http, PathString path) =>
        path.Value is "/me" or "/messages" or "/answers" or "/subscriptions" or "/updates"
        ? MaxAnswers.Error(405, "method.not.allowed", "Method not allowed")
        : MaxAnswers.NotFound($"Unknown path {path}");

    private protected override ApiAnswer BadBody(string reason) => MaxAnswers.BadRequest(reason);

    private protected override string? ChatOf(ApiCall call, PathString path) => call.Method switch
    {
        "POST /messages" => call.Query("chat_id") ?? (call.Query("user_id") is { } user ? Chats.DialogWith(user) ?? MissingDialog(user) : null),
        "PUT /messages" or "DELETE /messages" => call.Query("message_id") is { } mid ? Messages.Find(mid)?.Chat : null,
        "POST /answers" => call.Query("callback_id") is { } id ? Messages.FindPress(id)?.Chat : null,
        "POST /chats/actions" => MaxProfile.ChatOfActions(path.Value!),
        _ => null,
    };

    private protected override LimitKind LimitOf(string name) => name switch
    {
        "POST /messages" or "PUT /messages" or "DELETE /messages" => LimitKind.Chat,
        "POST /answers" => LimitKind.CallbackAnswer,
        "GET /updates" => LimitKind.Poll,
        _ => LimitKind.Bot,
    };

    private protected override bool IsGroup(string chat) => MaxJson.IsGroup(chat);

    private protected override ApiAnswer TooManyRequests(TimeSpan? wait) => MaxAnswers.Error(429, "too.many.requests", "Too many requests");

    private protected override ApiAnswer Answer(Fault fault, string name) => fault.Kind switch
    {
        FaultKind.TooManyRequests => TooManyRequests(null) with { RetryAfterSeconds = (int?)fault.RetryAfter?.TotalSeconds },
        FaultKind.HtmlBody => MessengerParts.HtmlPage(fault.Status == 0 ? 502 : fault.Status),
        FaultKind.SuccessFalse => MaxAnswers.Failure("internal.error"),
        FaultKind.Blocked => MaxAnswers.Suspended(),
        FaultKind.AttachmentNotReady when name is "PUT /messages" or "POST /answers" => MaxAnswers.Failure("attachment.not.ready"),
        FaultKind.AttachmentNotReady => MaxAnswers.Error(400, "attachment.not.ready", ""),
        FaultKind.Moved => MaxAnswers.NotFound("Chat not found"),
        _ => MaxAnswers.Error(fault.Status == 0 ? 503 : fault.Status, "service.unavailable", "Service unavailable"),
    };

    private protected override async ValueTask<ApiAnswer> DoAsync(ApiCall call)
    {
        try
        {
            return call.Method == "GET /updates" ? await subscriptions.PollAsync(call) : Do(call);
        }
        catch (MaxPayloadException error)
        {
            return MaxAnswers.BadRequest(error.Message);
        }
    }

    private ApiAnswer Do(ApiCall call) => call.Method switch
    {
        "GET /me" => profile.Show(),
        "PATCH /me/commands" => profile.SetCommands(call),
        "POST /messages" => messages.Send(call),
        "PUT /messages" => messages.Edit(call),
        "DELETE /messages" => messages.Delete(call),
        "POST /answers" => messages.AnswerPress(call),
        "GET /subscriptions" => subscriptions.List(),
        "POST /subscriptions" => subscriptions.Add(call),
        "DELETE /subscriptions" => subscriptions.Remove(call),
        _ => Refusal(call.Chat!) ?? MaxProfile.TakeAction(call),
    };

    private static string MissingDialog(string user) => $"of user {user}";

    private static void Sign(HttpRequestMessage request, Webhook hook, byte[] json)
    {
        if (hook.Secret is not null) request.Headers.TryAddWithoutValidation("X-Max-Bot-Api-Secret", hook.Secret);
    }

    private Customer Open(string chat, Customer? who)
    {
        var person = who ?? Customer.Anna;
        Chats.Open(chat, person.UserId ?? MaxIds.UserOf(chat));
        return person;
    }

    private Task<Delivery> PublishDialog(string type, string chat, string? payload, Customer who)
    {
        var json = MaxUpdates.Dialog(type, chat, payload, who, Now);
        return Feed.PublishAsync(new PendingUpdate(type, chat, _ => json));
    }
}
