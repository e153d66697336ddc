using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OptFm.Sandbox.Customers;
using OptFm.Sandbox.Deliveries;
using OptFm.Sandbox.Faults;
using OptFm.Sandbox.Http;
using OptFm.Sandbox.Limits;
using OptFm.Sandbox.Records;

namespace OptFm.Sandbox;

/// <summary>What the three fakes share: faults, limits, chats, deliveries, and the way every call goes.</summary>
public abstract class FakeMessenger
{
    private readonly SandboxLog log;
    private readonly RateLimits limits;

    private protected FakeMessenger(MessengerParts parts)
    {
        (Parts, log, Messenger) = (parts, parts.Log, parts.Messenger);
        Faults = new FaultPlan(parts.NewRandom());
        limits = new RateLimits(parts.Options.LimitsOn ? parts.Limits : SandboxLimits.None, parts.Time);
        Messages = new MessageBook(parts.Options.KeepRecords);
    }

    public Messenger Messenger { get; }

    /// <summary>What goes wrong next.</summary>
    public FaultPlan Faults { get; }

    public ChatBook Chats { get; } = new();

    /// <summary>What the bot must be given as the messenger's address.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1");

    /// <summary>The token the bot must be given.</summary>
    public abstract string Token { get; }

    /// <summary>Messages the bot sent here, in order.</summary>
    public IReadOnlyList<SentMessage> Sent => [.. log.Sent.All.Where(message => message.Messenger == Messenger)];

    /// <summary>Addresses of the webhooks that stand.</summary>
    public IReadOnlyList<Uri> Webhooks => [.. Feed.Webhooks.Select(static hook => hook.Url)];

    /// <summary>Updates that the bot has not taken yet.</summary>
    public int PendingUpdates => Feed.Pending;

    internal MessengerParts Parts { get; }

    internal MessageBook Messages { get; }

    internal abstract UpdateFeed Feed { get; }

    /// <summary>A customer writes.</summary>
    /// <returns>Completes when the first delivery was tried, or the update queued.</returns>
    public abstract Task<Delivery> CustomerSaysAsync(string chat, string text, Customer? who = null);

    /// <summary>A customer presses the button with <paramref name="payload"/> on the newest message that has it (or on <paramref name="messageId"/>).</summary>
    public abstract Task<Delivery> CustomerPressesAsync(string chat, string payload, string? messageId = null, Customer? who = null);

    /// <summary>A customer opens the chat, through a deep link if there is a <paramref name="payload"/>.</summary>
    public abstract Task<Delivery> CustomerStartsAsync(string chat, string? payload = null, Customer? who = null);

    /// <summary>A customer changes what they wrote.</summary>
    public abstract Task<Delivery> CustomerEditsAsync(string chat, string messageId, string text, Customer? who = null);

    /// <summary>A customer blocks the bot: it is told, and its messages are refused from now on.</summary>
    public abstract Task<Delivery> CustomerBlocksBotAsync(string chat, Customer? who = null);

    /// <summary>Delivers any JSON as an update, also one no messenger would send.</summary>
    public Task<Delivery> DeliverRawAsync(ReadOnlyMemory<byte> json, string type = "raw", string chat = "")
    {
        var copy = json.ToArray();
        return Feed.PublishAsync(new PendingUpdate(type, chat, _ => copy));
    }

    /// <summary>Makes a webhook stand without the bot asking for it. Nothing is checked.</summary>
    public void SetWebhook(Uri url, string? secret = null) => Feed.Subscribe(new Webhook(url, secret, Parts.Time.GetUtcNow()));

    /// <summary>Removes a webhook without a word, as MAX does after eight hours of failures.</summary>
    /// <returns>False when none stood there.</returns>
    public bool DropWebhook(Uri url) => Feed.Unsubscribe(hook => hook.Url == url);

    /// <summary>Lets the webhook look as if a delivery had just failed so.</summary>
    /// <exception cref="InvalidOperationException">None stands.</exception>
    public void FailDelivery(string error) => Feed.Webhooks.Single().Failed(Parts.Time.GetUtcNow(), error);

    /// <summary>Leaves so many updates waiting that never get through.</summary>
    public void StrandUpdates(int count) => Feed.Stranded = count;

    /// <summary>Forgets chats, messages, webhooks, queued updates and faults. Limits and running numbers stay.</summary>
    public void Reset()
    {
        Faults.Clear();
        Chats.Clear();
        Messages.Clear();
        Feed.Clear();
    }

    /// <summary>Answers one call: reads it, lets faults and limits have their say, does it, answers.</summary>
    internal async Task AnswerAsync(HttpContext http, PathString path)
    {
        if (Unauthorized(http, path) is { } refused) await WriteAsync(http, refused);
        else if (NameOf(http.Request.Method, path) is { } name) await AnswerAsync(http, path, name);
        else await WriteAsync(http, NoSuchMethod(http, path));
    }

    private protected abstract string? NameOf(string verb, PathString path);

    private protected abstract ApiAnswer? Unauthorized(HttpContext http, PathString path);

    private protected abstract ApiAnswer NoSuchMethod(HttpContext http, PathString path);

    private protected abstract ApiAnswer BadBody(string reason);

    /// <summary>The chat a call is about, for faults and limits.</summary>
    private protected abstract string? ChatOf(ApiCall call, PathString path);

    private protected abstract LimitKind LimitOf(string name);

    private protected abstract bool IsGroup(string chat);

    private protected abstract ApiAnswer TooManyRequests(TimeSpan? wait);

    private protected abstract ApiAnswer Answer(Fault fault, string name);

    private protected abstract ValueTask<ApiAnswer> DoAsync(ApiCall call);

    private async Task AnswerAsync(HttpContext http, PathString path, string name)
    {
        JsonDocument? document = null;
        try
        {
            document = await RequestBody.ReadJsonAsync(http.Request);
            var call = new ApiCall(http, name) { Body = RequestBody.RootOf(document), Number = log.NextCall() };
            await AnswerAsync(call with { Chat = ChatOf(call, path) });
        }
        catch (BadBodyException error)
        {
            await WriteAsync(http, BadBody(error.Message));
        }
        catch (OperationCanceledException)
        {
            // The bot hung up, or the server stops.
        }
        finally
        {
            document?.Dispose();
        }
    }

    private async Task AnswerAsync(ApiCall call)
    {
        Fault? fault = null;
        int? status = null;
        try
        {
            var refused = Refuse(call);
            fault = refused is null ? Faults.PickForCall(call.Method, call.Chat) : null;
            if ((refused ?? await DoAsync(call, fault)) is not { } answer) return;

            await WriteAsync(call.Http, answer);
            status = answer.Status;
        }
        finally
        {
            log.Calls.Add(new SeenCall(call.Number, Messenger, call.Method, call.Chat, call.Caller, fault?.Kind, status));
        }
    }

    /// <returns>Null where the connection was cut instead of an answer.</returns>
    private async Task<ApiAnswer?> DoAsync(ApiCall call, Fault? fault)
    {
        if (fault?.Kind == FaultKind.Hang) await Task.Delay(Timeout.InfiniteTimeSpan, Parts.Time, call.Aborted);
        if (fault?.Kind == FaultKind.CutBefore) return Cut(call);
        if (fault?.Kind is not (null or FaultKind.Slow or FaultKind.CutAfter)) return Answer(fault, call.Method);

        var answer = await DoAsync(call);
        if (fault?.Kind == FaultKind.CutAfter) return Cut(call);
        if (fault?.Kind == FaultKind.Slow) await Task.Delay(fault.Delay, Parts.Time, call.Aborted);
        return answer;
    }

    private static ApiAnswer? Cut(ApiCall call)
    {
        call.Http.Abort();
        return null;
    }

    private ApiAnswer? Refuse(ApiCall call)
    {
        var kind = LimitOf(call.Method);
        var refusal = kind == LimitKind.None ? null : limits.RefuseBot();
        if (kind == LimitKind.Poll) refusal ??= limits.RefusePoll();
        if (call.Chat is { } chat && (kind == LimitKind.Chat || (kind == LimitKind.CallbackAnswer && limits.CallbackAnswersCount)))
            refusal ??= limits.RefuseChat(chat, IsGroup(chat));
        if (refusal is null) return null;

        log.Violations.Add(new Violation(Messenger, call.Method, call.Chat, refusal.Limit));
        return TooManyRequests(refusal.Wait);
    }

    private static async Task WriteAsync(HttpContext http, ApiAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = answer.Body.Length;
        if (answer.RetryAfterSeconds is { } seconds) http.Response.Headers.RetryAfter = $"{seconds}";
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }
}

/// <summary>Which limits a call spends.</summary>
internal enum LimitKind
{
    None,
    Bot,
    Chat,
    CallbackAnswer,
    Poll,
}
