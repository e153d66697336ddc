using System.Net;
using OptFm.Server.Channels;

namespace OptFm.Server.Tests.Channels;

public sealed class MaxSendTests : IDisposable
{
    private const string Ok = """{"message":{"body":{"mid":"mid.7"}}}""";

    private static readonly OutboundMessage Hello = new(OutboundKind.Message, "7001", "**Здравствуйте**, <Анна>");

    private readonly StubHandler _max = new();

    public void Dispose() => _max.Dispose();

    [Fact]
    public async Task A_message_goes_out_as_html_to_its_chat()
    {
        (await SendAsync(Hello, _max.Answers(Ok))).ShouldBe(SendResult.Sent("mid.7"));
        var call = _max.Calls.ShouldHaveSingleItem();
        (call.Method, call.Path, call.Authorization).ShouldBe((HttpMethod.Post, "/messages?chat_id=7001", TestChannels.Token));
        call.Body.GetProperty("text").GetString().ShouldBe("<b>Здравствуйте</b>, &lt;Анна&gt;");
        call.Body.GetProperty("format").GetString().ShouldBe("html");
    }

    [Fact]
    public async Task A_chat_known_only_by_its_user_is_addressed_by_the_user()
    {
        await SendAsync(Hello with { Chat = "user:5001" }, _max.Answers(Ok));
        _max.Calls[0].Path.ShouldBe("/messages?user_id=5001");
    }

    [Fact]
    public async Task Buttons_become_an_inline_keyboard()
    {
        var keyboard = new Keyboard([[new Button("Доставка", "faq:delivery"), new Button("Сайт", Url: "https://shop.example/")]]);
        await SendAsync(Hello with { Keyboard = keyboard }, _max.Answers(Ok));
        _max.LastBody.GetProperty("attachments").GetRawText().ShouldBe(
            """[{"type":"inline_keyboard","payload":{"buttons":[[{"type":"callback","text":"Доставка","payload":"faq:delivery"},{"type":"link","text":"Сайт","url":"https://shop.example/"}]]}}]""");
    }

    [Fact]
    public async Task A_menu_is_replaced_by_answering_the_press()
    {
        var replace = Hello with { Kind = OutboundKind.Replace, CallbackId = "cb/1", MessageId = "mid.1" };
        (await SendAsync(replace, _max.Answers("""{"success":true}"""))).ShouldBe(SendResult.Sent("mid.1"));
        _max.Calls[0].Path.ShouldBe("/answers?callback_id=cb%2F1");
        _max.LastBody.GetProperty("message").GetProperty("attachments").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_menu_that_cannot_be_replaced_any_more_is_followed_by_a_new_message()
    {
        var replace = Hello with { Kind = OutboundKind.Replace, CallbackId = "cb", MessageId = "mid.1" };
        (await SendAsync(replace, _max.Answers("""{"success":false,"message":"callback is too old"}""").Answers(Ok))).ShouldBe(SendResult.Sent("mid.7"));
        _max.Calls[1].Path.ShouldBe("/messages?chat_id=7001");
    }

    [Fact]
    public async Task A_press_is_answered_with_some_text()
    {
        var seen = new OutboundMessage(OutboundKind.CallbackAnswer, "7001", "") { CallbackId = "cb" };
        (await SendAsync(seen, _max.Answers("""{"success":true}"""))).Outcome.ShouldBe(SendOutcome.Sent);
        _max.LastBody.GetProperty("notification").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData(200, """{"success":false,"message":"no"}""", SendOutcome.Refused)]
    [InlineData(200, """{"success":false,"code":"attachment.not.ready","message":""}""", SendOutcome.Retry)]
    [InlineData(200, "<html>welcome</html>", SendOutcome.Unknown)]
    [InlineData(400, """{"code":"attachment.not.ready","message":""}""", SendOutcome.Retry)]
    [InlineData(400, """{"code":"proto.payload","message":"text is too long"}""", SendOutcome.Refused)]
    [InlineData(401, """{"code":"verify.token","message":"Invalid access_token"}""", SendOutcome.Retry)]
    [InlineData(403, """{"code":"chat.denied","message":"error.dialog.suspended"}""", SendOutcome.Blocked)]
    [InlineData(404, """{"code":"not.found","message":"Chat not found"}""", SendOutcome.Blocked)]
    [InlineData(404, "<?xml version=\"1.0\"?><error/>", SendOutcome.Refused)]
    [InlineData(413, "", SendOutcome.Refused)]
    [InlineData(429, "", SendOutcome.Retry)]
    [InlineData(301, "", SendOutcome.Retry)]
    [InlineData(500, "<html></html>", SendOutcome.Retry)]
    [InlineData(503, """{"code":"service.unavailable"}""", SendOutcome.Retry)]
    public async Task Every_answer_has_one_outcome(int status, string body, SendOutcome outcome) =>
        (await SendAsync(Hello, _max.Answers(body, (HttpStatusCode)status))).Outcome.ShouldBe(outcome);

    [Fact]
    public async Task A_messengers_wish_to_wait_is_passed_on() =>
        (await SendAsync(Hello, _max.Answers("", HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.FromSeconds(7)))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, SendOutcome.Retry)]
    [InlineData(HttpRequestError.ConnectionError, SendOutcome.Retry)]
    [InlineData(HttpRequestError.SecureConnectionError, SendOutcome.Retry)]
    [InlineData(HttpRequestError.ResponseEnded, SendOutcome.Unknown)]
    public async Task What_certainly_did_not_arrive_is_told_from_what_may_have(HttpRequestError error, SendOutcome outcome) =>
        (await SendAsync(Hello, _max.Fails(new HttpRequestException(error, "https://host/?secret")))).Outcome.ShouldBe(outcome);

    [Fact]
    public async Task A_reason_holds_no_token_no_address_and_no_quotation()
    {
        var said = $$"""{"code":"x","message":"bad \"имя клиента\" for {{TestChannels.Token}} at https://host/path?a=1"}""";
        var reason = (await SendAsync(Hello, _max.Answers(said, HttpStatusCode.BadRequest))).Reason.ShouldNotBeNull();
        reason.ShouldNotContain("secret-token");
        reason.ShouldNotContain("клиента");
        reason.ShouldNotContain("host/path");
        reason.ShouldContain("400");
    }

    private static async Task<SendResult> SendAsync(OutboundMessage message, HttpMessageHandler max)
    {
        using var channel = TestChannels.Max(max);
        return await channel.SendAsync(message, TestContext.Current.CancellationToken);
    }
}
