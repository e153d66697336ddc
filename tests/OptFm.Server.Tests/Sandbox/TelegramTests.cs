using OptFm.Sandbox;

namespace OptFm.Server.Tests.Sandbox;

public sealed class TelegramTests : IAsyncLifetime
{
    private const string Chat = "42";
    private readonly FakeTime time = new();
    private SandboxServer sandbox = null!;
    private FakeBot bot = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxServer.StartAsync(new SandboxOptions { LimitsOn = false, Time = time });
        bot = new FakeBot(sandbox);
        sandbox.Telegram.Chats.Open(Chat, Chat);
        sandbox.Compat.Chats.Open("user_123", "user_123");
    }

    public async ValueTask DisposeAsync()
    {
        bot.Dispose();
        await sandbox.DisposeAsync();
    }

    [Fact]
    public async Task The_token_is_part_of_the_address()
    {
        (await bot.Telegram("getMe")).Json.GetProperty("result").GetProperty("is_bot").GetBoolean().ShouldBeTrue();
        (await bot.Telegram("getMe", token: "1:wrong")).Status.ShouldBe(401);
        (await bot.Telegram("noSuchMethod")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_message_is_numbered_and_its_length_is_counted_without_the_markup()
    {
        var told = await bot.SayInTelegram(Chat, $"<b>{new string('я', 4095)}</b>&amp;", "HTML");
        told.Status.ShouldBe(200);
        told.Json.GetProperty("result").GetProperty("message_id").GetInt64().ToString().ShouldBe(sandbox.Telegram.Sent.Single().MessageId);
        (await bot.SayInTelegram(Chat, new string('я', 4097))).Status.ShouldBe(400);
        (await bot.SayInTelegram(Chat, "<b> </b>", "HTML")).Status.ShouldBe(400);
        (await bot.SayInTelegram("43", "эй")).Json.GetProperty("description").GetString().ShouldBe("Bad Request: chat not found");
    }

    [Theory]
    [InlineData("<b>нет конца", "can't parse entities: Can't find end tag corresponding to start tag \"b\"")]
    [InlineData("<mark>не здесь</mark>", "can't parse entities: Unsupported start tag \"mark\" at byte offset 0")]
    [InlineData("<b><i>x</b></i>", "can't parse entities: Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\"")]
    public async Task Html_that_is_not_well_formed_is_refused_in_Telegrams_words(string html, string why) =>
        (await bot.SayInTelegram(Chat, html, "HTML")).Json.GetProperty("description").GetString().ShouldBe($"Bad Request: {why}");

    [Fact]
    public async Task Html_may_have_links_with_brackets_in_their_addresses_and_any_ampersand() =>
        (await bot.SayInTelegram(Chat, "<a href=\"https://e.org/?a=1&b=>\">т</a> & &lt; &#128512; <code>x</code>", "HTML")).Status.ShouldBe(200);

    [Theory]
    [InlineData("яяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяя", 200)]
    [InlineData("яяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяяa", 400)]
    [InlineData("", 400)]
    public async Task Callback_data_is_counted_in_bytes(string callback_data, int status)
    {
        var reply_markup = new { inline_keyboard = new[] { new[] { new { text = "да", callback_data } } } };
        (await bot.Telegram("sendMessage", new { chat_id = 42, text = "?", reply_markup })).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_press_is_answered_once_it_was_made_and_not_too_late()
    {
        await bot.Telegram("sendMessage", new { chat_id = 42, text = "?", reply_markup = new { inline_keyboard = new[] { new[] { new { text = "да", callback_data = "y" } } } } });
        var press = await sandbox.Telegram.CustomerPressesAsync(Chat, "y");
        var query = (await bot.Telegram("getUpdates")).Json.GetProperty("result")[0].GetProperty("callback_query");
        query.GetProperty("id").GetString().ShouldBe(press.Id);
        query.GetProperty("message").GetProperty("text").GetString().ShouldBe("?");

        (await bot.Telegram("answerCallbackQuery", new { callback_query_id = press.Id })).Status.ShouldBe(200);
        (await bot.Telegram("answerCallbackQuery", new { callback_query_id = "1" })).Status.ShouldBe(400);
        time.Advance(TimeSpan.FromMinutes(16));
        (await bot.Telegram("answerCallbackQuery", new { callback_query_id = press.Id })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task An_edit_must_change_something_of_a_message_that_is_there()
    {
        await bot.SayInTelegram(Chat, "раз");
        var message_id = long.Parse(sandbox.Telegram.Sent.Single().MessageId);
        (await bot.Telegram("editMessageText", new { chat_id = 42, message_id, text = "два" })).Status.ShouldBe(200);
        (await bot.Telegram("editMessageText", new { chat_id = 42, message_id, text = "два" })).Body.ShouldContain("message is not modified");
        (await bot.Telegram("editMessageText", new { chat_id = 42, message_id = 1, text = "три" })).Status.ShouldBe(400);
        sandbox.Log.Edits.All.ShouldHaveSingleItem().Text.ShouldBe("два");
    }

    [Fact]
    public async Task An_offset_confirms_everything_before_it()
    {
        await sandbox.Telegram.CustomerSaysAsync(Chat, "раз");
        await sandbox.Telegram.CustomerSaysAsync(Chat, "/start promo");
        var first = (await bot.Telegram("getUpdates")).Json.GetProperty("result");
        first.GetArrayLength().ShouldBe(2);
        first[1].GetProperty("message").GetProperty("entities")[0].GetProperty("type").GetString().ShouldBe("bot_command");

        var offset = first[0].GetProperty("update_id").GetInt64() + 1;
        (await bot.Telegram("getUpdates", new { offset })).Json.GetProperty("result").GetArrayLength().ShouldBe(1);
        (await bot.Telegram($"getUpdates?offset={offset + 1}")).Json.GetProperty("result").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Polling_and_a_webhook_exclude_each_other()
    {
        await bot.Telegram("setWebhook", new { url = "https://example.org/" });
        (await bot.Telegram("getUpdates")).Status.ShouldBe(409);
        await bot.Telegram("setWebhook", new { url = "" });
        (await bot.Telegram("getUpdates")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_second_poll_ends_the_first()
    {
        var first = bot.Telegram("getUpdates?timeout=50");
        while (!first.IsCompleted) await bot.Telegram("getUpdates");
        (await first).Status.ShouldBe(409);
    }

    [Fact]
    public async Task Who_blocks_the_bot_is_announced_and_unreachable()
    {
        await sandbox.Telegram.CustomerBlocksBotAsync(Chat);
        var change = (await bot.Telegram("getUpdates")).Json.GetProperty("result")[0].GetProperty("my_chat_member");
        change.GetProperty("new_chat_member").GetProperty("status").GetString().ShouldBe("kicked");
        (await bot.SayInTelegram(Chat, "эй")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Commands_are_lower_case_words()
    {
        (await bot.Telegram("setMyCommands", new { commands = new[] { new { command = "faq", description = "Вопросы" } } })).Status.ShouldBe(200);
        sandbox.Telegram.Commands.ShouldBe(["faq"]);
        (await bot.Telegram("setMyCommands", new { commands = new[] { new { command = "FAQ", description = "Вопросы" } } })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task The_guides_MAX_has_ids_that_are_strings_and_a_bearer_key()
    {
        var told = await bot.Compat("sendMessage", new { chat_id = "user_123", text = "да", disable_web_page_preview = true });
        told.Json.GetProperty("result").GetProperty("chat").GetProperty("id").GetString().ShouldBe("user_123");
        sandbox.Compat.Sent.ShouldHaveSingleItem().Text.ShouldBe("да");
        (await bot.Compat("getMe")).Status.ShouldBe(200);
        (await bot.Compat("getMe", token: "wrong")).Status.ShouldBe(401);
        (await bot.Compat("getUpdates")).Status.ShouldBe(404);
        (await bot.Compat("sendMessage", "{\"chat_id\":")).Status.ShouldBe(400);
    }
}
