using OptFm.Sandbox;

namespace OptFm.Server.Tests.Sandbox;

public sealed class MaxSendingTests : IAsyncLifetime
{
    private const string Chat = "182182182";
    private SandboxServer sandbox = null!;
    private FakeBot bot = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxServer.StartAsync(new SandboxOptions { LimitsOn = false });
        bot = new FakeBot(sandbox);
        await sandbox.Max.CustomerSaysAsync(Chat, "привет");
    }

    public async ValueTask DisposeAsync()
    {
        bot.Dispose();
        await sandbox.DisposeAsync();
    }

    [Fact]
    public async Task A_message_is_shown_to_the_customer_as_it_was_sent()
    {
        var told = await bot.SayInMax(Chat, "<b>Да</b>", "html");

        told.Status.ShouldBe(200);
        var sent = sandbox.Max.Sent.ShouldHaveSingleItem();
        sent.Chat.ShouldBe(Chat);
        sent.Text.ShouldBe("<b>Да</b>");
        sent.Format.ShouldBe("html");
        told.Json.GetProperty("message").GetProperty("body").GetProperty("mid").GetString().ShouldBe(sent.MessageId);
    }

    [Fact]
    public async Task The_token_goes_into_the_header_without_Bearer()
    {
        (await bot.Max("GET /me")).Json.GetProperty("is_bot").GetBoolean().ShouldBeTrue();
        var told = await bot.Max("GET /me", token: $"Bearer {sandbox.Max.Token}");
        told.Status.ShouldBe(401);
        told.Json.GetProperty("code").GetString().ShouldBe("verify.token");
    }

    [Theory]
    [InlineData("<b>нет конца")]
    [InlineData("<b><i>вперехлёст</b></i>")]
    [InlineData("<table>нет такого</table>")]
    [InlineData("конец без начала</b>")]
    [InlineData("5 < 6")]
    public async Task Html_that_is_not_well_formed_is_refused(string html) =>
        (await bot.SayInMax(Chat, html, "html")).Status.ShouldBe(400);

    [Fact]
    public async Task Text_may_have_4000_characters_and_no_more()
    {
        (await bot.SayInMax(Chat, new string('я', 4000))).Status.ShouldBe(200);
        (await bot.SayInMax(Chat, new string('я', 4001))).Status.ShouldBe(400);
        (await bot.SayInMax(Chat, "")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_chat_that_nobody_opened_is_unknown() => (await bot.SayInMax("777", "эй")).Status.ShouldBe(404);

    [Fact]
    public async Task Who_blocked_the_bot_gets_nothing_until_they_start_it_again()
    {
        await sandbox.Max.CustomerBlocksBotAsync(Chat);
        (await bot.SayInMax(Chat, "эй")).Status.ShouldBe(403);
        await sandbox.Max.CustomerStartsAsync(Chat);
        (await bot.SayInMax(Chat, "эй")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_dialog_can_be_addressed_by_its_person()
    {
        await sandbox.Max.CustomerSaysAsync("55", "я", new() { UserId = "9001" });
        (await bot.Max("POST /messages?user_id=9001", new { text = "вы" })).Status.ShouldBe(200);
        sandbox.Max.Sent.ShouldHaveSingleItem().Chat.ShouldBe("55");
        (await bot.Max("POST /messages?user_id=404", new { text = "кто" })).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData(30, 7, 200)]
    [InlineData(31, 1, 400)]
    [InlineData(1, 8, 400)]
    public async Task A_keyboard_has_at_most_30_rows_of_7(int rows, int perRow, int status)
    {
        var row = Enumerable.Repeat(new { type = "callback", text = "да", payload = "y" }, perRow);
        (await SendKeyboard(Enumerable.Repeat(row, rows))).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData(3, 200)]
    [InlineData(4, 400)]
    public async Task A_row_with_a_link_has_at_most_3_buttons(int buttons, int status)
    {
        var row = Enumerable.Repeat(new { type = "link", text = "сайт", url = "https://example.org" }, buttons);
        (await SendKeyboard(new[] { row })).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData(128, 1024, 200)]
    [InlineData(129, 1024, 400)]
    [InlineData(128, 1025, 400)]
    [InlineData(0, 1, 400)]
    public async Task A_button_is_bounded(int text, int payload, int status) =>
        (await SendKeyboard(new[] { new[] { new { type = "callback", text = new string('т', text), payload = new string('p', payload) } } })).Status.ShouldBe(status);

    [Fact]
    public async Task A_press_names_the_message_and_can_be_answered_by_changing_it()
    {
        await SendKeyboard(new[] { new[] { new { type = "callback", text = "да", payload = "y" } } });
        var press = await sandbox.Max.CustomerPressesAsync(Chat, "y");

        var told = await bot.Max($"POST /answers?callback_id={press.Id}", new { notification = "ага", message = new { text = "теперь так", attachments = Array.Empty<object>() } });

        told.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        sandbox.Log.CallbackAnswers.All.ShouldHaveSingleItem().Notification.ShouldBe("ага");
        var edit = sandbox.Log.Edits.All.ShouldHaveSingleItem();
        edit.Text.ShouldBe("теперь так");
        edit.Keyboard.ShouldBeEmpty();
        edit.MessageId.ShouldBe(sandbox.Max.Sent.Single().MessageId);
        (await bot.Max("POST /answers?callback_id=unknown", new { notification = "?" })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task An_edit_keeps_the_keyboard_for_null_and_removes_it_for_an_empty_list()
    {
        await SendKeyboard(new[] { new[] { new { type = "callback", text = "да", payload = "y" } } });
        var id = sandbox.Max.Sent.Single().MessageId;

        await bot.Max($"PUT /messages?message_id={id}", new { text = "раз", attachments = (object?)null });
        await bot.Max($"PUT /messages?message_id={id}", new { text = "два", attachments = Array.Empty<object>() });

        sandbox.Log.Edits.All.Select(edit => edit.Keyboard.Count).ShouldBe([1, 0]);
    }

    [Fact]
    public async Task Commands_are_set_shown_and_bounded()
    {
        (await bot.Max("PATCH /me/commands", new { commands = new[] { new { name = "faq", description = "Вопросы" } } })).Status.ShouldBe(200);
        (await bot.Max("GET /me")).Json.GetProperty("commands")[0].GetProperty("name").GetString().ShouldBe("faq");
        (await bot.Max("PATCH /me/commands", new { commands = Enumerable.Repeat(new { name = "a", description = "b" }, 33) })).Status.ShouldBe(400);
        (await bot.Max("PATCH /me", new { commands = Array.Empty<object>() })).Status.ShouldBe(405);
    }

    private Task<Told> SendKeyboard(object rows) => bot.Max($"POST /messages?chat_id={Chat}", new
    {
        text = "выбирайте",
        attachments = new[] { new { type = "inline_keyboard", payload = new { buttons = rows } } },
    });
}
