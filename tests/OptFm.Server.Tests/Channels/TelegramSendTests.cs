using System.Net;
using OptFm.Server.Channels;

namespace OptFm.Server.Tests.Channels;

public sealed class TelegramSendTests : IDisposable
{
    private const string Ok = """{"ok":true,"result":{"message_id":77}}""";

    private static readonly OutboundMessage Hello = new(OutboundKind.Message, "42", "**Здравствуйте**, <Анна>");

    private readonly StubHandler _telegram = new();

    public void Dispose() => _telegram.Dispose();

    [Fact]
    public async Task A_message_goes_out_as_html_to_its_chat()
    {
        (await SendAsync(Hello, _telegram.Answers(Ok))).ShouldBe(SendResult.Sent("77"));
        var call = _telegram.Calls.ShouldHaveSingleItem();
        call.Path.ShouldBe($"/bot{TestChannels.Token}/sendMessage");
        call.Body.GetRawText().ShouldBe("""{"chat_id":42,"text":"<b>Здравствуйте</b>, &lt;Анна&gt;","parse_mode":"HTML"}""");
    }

    [Fact]
    public async Task Markup_that_cannot_be_parsed_goes_out_once_more_as_plain_text()
    {
        _telegram.Answers("""{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities"}""", HttpStatusCode.BadRequest).Answers(Ok);
        (await SendAsync(Hello, _telegram)).Outcome.ShouldBe(SendOutcome.Sent);
        _telegram.LastBody.GetProperty("text").GetString().ShouldBe("Здравствуйте, <Анна>");
        _telegram.LastBody.TryGetProperty("parse_mode", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_menu_is_edited_in_place_and_its_press_answered()
    {
        var replace = Hello with { Kind = OutboundKind.Replace, CallbackId = "9", MessageId = "13", Keyboard = new([[new Button("А", "a")]]) };
        (await SendAsync(replace, _telegram.Answers(Ok).Answers("""{"ok":true,"result":true}"""))).Outcome.ShouldBe(SendOutcome.Sent);
        _telegram.Calls.Select(c => c.Path.Split('/')[^1]).ShouldBe(["editMessageText", "answerCallbackQuery"]);
        _telegram.Calls[0].Body.GetProperty("message_id").GetInt64().ShouldBe(13);
        _telegram.Calls[0].Body.GetProperty("reply_markup").GetRawText().ShouldBe("""{"inline_keyboard":[[{"text":"А","callback_data":"a"}]]}""");
        _telegram.Calls[1].Body.GetProperty("callback_query_id").GetString().ShouldBe("9");
    }

    [Fact]
    public async Task A_menu_that_already_looks_so_is_done()
    {
        var replace = Hello with { Kind = OutboundKind.Replace, MessageId = "13" };
        _telegram.Answers("""{"ok":false,"error_code":400,"description":"Bad Request: message is not modified: specified new"}""", HttpStatusCode.BadRequest);
        (await SendAsync(replace, _telegram)).ShouldBe(SendResult.Sent("13"));
    }

    [Theory]
    [InlineData(400, """{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}""", SendOutcome.Blocked)]
    [InlineData(400, """{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}""", SendOutcome.Refused)]
    [InlineData(401, """{"ok":false,"error_code":401,"description":"Unauthorized"}""", SendOutcome.Retry)]
    [InlineData(404, """{"ok":false,"error_code":404,"description":"Not Found"}""", SendOutcome.Retry)]
    [InlineData(403, """{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}""", SendOutcome.Blocked)]
    [InlineData(200, """{"ok":false,"error_code":403,"description":"Forbidden"}""", SendOutcome.Blocked)]
    [InlineData(200, """{"ok":false}""", SendOutcome.Refused)]
    [InlineData(200, "<html>", SendOutcome.Unknown)]
    [InlineData(502, "<html>", SendOutcome.Retry)]
    public async Task Every_answer_has_one_outcome(int status, string body, SendOutcome outcome) =>
        (await SendAsync(Hello, _telegram.Answers(body, (HttpStatusCode)status))).Outcome.ShouldBe(outcome);

    [Fact]
    public async Task Flood_control_names_its_time()
    {
        _telegram.Answers("""{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":35}}""", HttpStatusCode.TooManyRequests);
        var result = await SendAsync(Hello, _telegram);
        (result.Outcome, result.RetryAfter).ShouldBe((SendOutcome.Retry, TimeSpan.FromSeconds(35)));
    }

    [Fact]
    public async Task A_group_that_became_a_supergroup_is_followed()
    {
        _telegram.Answers("""{"ok":false,"error_code":400,"description":"group upgraded","parameters":{"migrate_to_chat_id":-1001234567890123456}}""", HttpStatusCode.BadRequest);
        (await SendAsync(Hello, _telegram)).ShouldBe(SendResult.Moved("-1001234567890123456"));
    }

    [Fact]
    public async Task A_press_that_is_too_old_is_not_answered_again()
    {
        _telegram.Answers("""{"ok":false,"error_code":400,"description":"Bad Request: query is too old"}""", HttpStatusCode.BadRequest);
        (await SendAsync(new(OutboundKind.CallbackAnswer, "42", "") { CallbackId = "9" }, _telegram)).Outcome.ShouldBe(SendOutcome.Refused);
    }

    [Fact]
    public async Task The_guides_api_gets_bearer_and_text_ids()
    {
        using var channel = TestChannels.Compat(_telegram.Answers("""{"ok":true,"result":{"message_id":"msg_2"}}"""));
        var result = await channel.SendAsync(Hello with { Chat = "user_123" }, TestContext.Current.CancellationToken);
        result.MessageId.ShouldBe("msg_2");
        var call = _telegram.Calls.ShouldHaveSingleItem();
        (call.Path, call.Authorization).ShouldBe(("/api/sendMessage", $"Bearer {TestChannels.Token}"));
        call.Body.GetProperty("chat_id").GetString().ShouldBe("user_123");
    }

    [Theory]
    [InlineData("\"42\"", "\"42\"")]
    [InlineData("42", "42")]
    public async Task An_id_goes_back_in_the_type_it_came_in(string sent, string expected)
    {
        var json = """{"message":{"message_id":1,"from":{"id":1},"chat":{"id":SENT},"text":"а"}}""".Replace("SENT", sent);
        using var channel = TestChannels.Compat(_telegram.Answers(Ok));
        var chat = channel.Read(System.Text.Encoding.UTF8.GetBytes(json))!.Chat;
        await channel.SendAsync(Hello with { Chat = chat }, TestContext.Current.CancellationToken);
        _telegram.LastBody.GetProperty("chat_id").GetRawText().ShouldBe(expected);
    }

    [Fact]
    public void Groups_are_held_back_unless_limits_are_off()
    {
        using var held = TestChannels.Telegram(_telegram);
        held.Limits.PerMinuteInGroup.ShouldBe(20);
        using var free = TestChannels.Telegram(_telegram, chatRate: "0");
        free.Limits.PerMinuteInGroup.ShouldBe(0);
    }

    private static async Task<SendResult> SendAsync(OutboundMessage message, HttpMessageHandler telegram)
    {
        using var channel = TestChannels.Telegram(telegram);
        return await channel.SendAsync(message, TestContext.Current.CancellationToken);
    }
}
