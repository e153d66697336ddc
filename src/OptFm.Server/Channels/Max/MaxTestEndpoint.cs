using System.Net;
using System.Text.Json;
using System.Threading.RateLimiting;
using OptFm.Server.Answers;
using OptFm.Server.Operations;

namespace OptFm.Server.Channels.Max;

/// <summary><c>POST /webhook/max/test</c>: what the bot would answer. Sends nothing, stores nothing, and is open: hence the limit per address.</summary>
/// <param name="answer">Answers without storing or sending.</param>
/// <param name="address">The caller's address, the proxies in between seen through.</param>
public sealed class MaxTestEndpoint(Func<InboundMessage, Answer> answer, Func<HttpContext, string> address) : IDisposable
{
    /// <summary>Longer texts come from no messenger.</summary>
    private const int LongestText = 4096;

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetTokenBucketLimiter(address(context), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = 10,
            TokensPerPeriod = 5,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));

    public async Task HandleAsync(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context);
        if (!lease.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "1";
            await JsonRequest.RefuseAsync(context, HttpStatusCode.TooManyRequests, "too many test messages from this address, wait a second");
            return;
        }

        using var request = await JsonRequest.ReadAsync(context);
        if (request is null) return;

        if (Read(request.RootElement) is { } test) await AnswerAsync(context, test);
        else await JsonRequest.RefuseAsync(context, HttpStatusCode.BadRequest, "expected {\"text\": 1 to 4096 characters, \"user_name\"?, \"user_id\"?, \"chat_id\"?}");
    }

    public void Dispose() => _limiter.Dispose();

    private static TestMessage? Read(JsonElement json)
    {
        var (name, user, chat) = (json.Get("user_name"), json.Get("user_id"), json.Get("chat_id"));
        if (json.Get("text").Words() is not { Length: <= LongestText } text) return null;
        if ((name.Exists() && name.Text() is not { Length: <= 256 }) || (user.Exists() && user.Id() is null) || (chat.Exists() && chat.Id() is null)) return null;

        var userId = user.Id() ?? "test_user";
        return new TestMessage(text, name.Words() ?? "Test User", userId, chat.Id() ?? userId);
    }

    private Task AnswerAsync(HttpContext context, TestMessage test)
    {
        var replies = answer(new InboundMessage(InboundKind.Text, test.Chat, test.Text) { FirstName = test.Name }).Replies;
        return JsonAnswer.WriteAsync(context, HttpStatusCode.OK, json =>
        {
            json.WriteString("status", "ok");
            json.WriteStartObject("test_message");
            json.WriteString("message_id", "test_message");
            json.WriteStartObject("from");
            json.WriteId("id", test.User);
            json.WriteString("first_name", test.Name);
            json.WriteEndObject();
            json.WriteStartObject("chat");
            json.WriteId("id", test.Chat);
            json.WriteString("type", "private");
            json.WriteEndObject();
            json.WriteString("text", test.Text);
            json.WriteEndObject();
            json.WriteString("bot_response", WellFormed.Text(string.Join("\n\n", replies.Select(r => Markup.ToPlain(r.Text)))));
            json.WriteString("message", "nothing was sent and nothing was stored");
        });
    }

    private sealed record TestMessage(string Text, string Name, string User, string Chat);
}
