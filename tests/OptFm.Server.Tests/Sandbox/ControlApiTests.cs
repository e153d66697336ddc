using OptFm.Sandbox;

namespace OptFm.Server.Tests.Sandbox;

public sealed class ControlApiTests : IAsyncLifetime
{
    private SandboxServer sandbox = null!;
    private FakeBot bot = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxServer.StartAsync(new SandboxOptions { LimitsOn = false });
        bot = new FakeBot(sandbox);
    }

    public async ValueTask DisposeAsync()
    {
        bot.Dispose();
        await sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Another_process_can_play_a_customer_and_read_the_answer()
    {
        await using var ear = await WebhookEar.OpenAsync();
        await bot.Control("POST /sandbox/max/webhook", new { url = ear.Address, secret = "s3cret" });

        var act = await bot.Control("POST /sandbox/max/says", new { chat = 5, text = "привет", first_name = "Олег" });
        act.Json.GetProperty("outcome").GetString().ShouldBe("Accepted");
        ear.Heard.All.ShouldHaveSingleItem().Body.ShouldContain("Олег");

        var reading = bot.Control("GET /sandbox/sent?wait=1");
        await bot.SayInMax("5", "здравствуйте");
        var sent = (await reading).Json[0];
        sent.GetProperty("messenger").GetString().ShouldBe("max");
        sent.GetProperty("chat").GetString().ShouldBe("5");
        sent.GetProperty("text").GetString().ShouldBe("здравствуйте");
        (await bot.Control("GET /sandbox/sent?after=1")).Json.GetArrayLength().ShouldBe(0);
        (await bot.Control("GET /sandbox/sent?wait=2&timeout=0")).Status.ShouldBe(408);
    }

    [Theory]
    [InlineData("presses", "callback_query")]
    [InlineData("starts", "/start faq")]
    [InlineData("edits", "edited_message")]
    [InlineData("blocks", "my_chat_member")]
    public async Task Every_act_of_a_customer_can_be_asked_for(string act, string expected)
    {
        var told = await bot.Control($"POST /sandbox/telegram/{act}", new { chat = "5", payload = "faq", message_id = "3", text = "т" });
        told.Json.GetProperty("outcome").GetString().ShouldBe("Queued");
        (await bot.Telegram("getUpdates")).Body.ShouldContain(expected);
    }

    [Fact]
    public async Task Any_bytes_can_be_delivered()
    {
        await using var ear = await WebhookEar.OpenAsync();
        sandbox.Compat.SetWebhook(ear.Address);
        await bot.Control("POST /sandbox/compat/raw", "{\"test\": \"message\"");
        ear.Heard.All.ShouldHaveSingleItem().Body.ShouldBe("{\"test\": \"message\"");
    }

    [Fact]
    public async Task Faults_are_set_and_cleared_from_outside()
    {
        sandbox.Telegram.Chats.Open("5", "5");
        (await bot.Control("POST /sandbox/telegram/faults", new { kind = "TooManyRequests", next = 1, method = "sendMessage", retry_after = 4 })).Status.ShouldBe(200);
        (await bot.SayInTelegram("5", "раз")).Json.GetProperty("parameters").GetProperty("retry_after").GetInt32().ShouldBe(4);
        (await bot.SayInTelegram("5", "раз")).Status.ShouldBe(200);

        await bot.Control("POST /sandbox/telegram/faults", new { kind = "ServerError", status = 500 });
        (await bot.SayInTelegram("5", "раз")).Status.ShouldBe(500);
        await bot.Control("DELETE /sandbox/telegram/faults");
        (await bot.SayInTelegram("5", "раз")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("POST /sandbox/max/faults", "{\"kind\":\"Meteor\"}", 400)]
    [InlineData("POST /sandbox/max/faults", "{\"kind\":\"Slow\",\"probability\":2}", 400)]
    [InlineData("POST /sandbox/max/says", "{\"chat\":\"1\"}", 400)]
    [InlineData("POST /sandbox/max/says", "{", 400)]
    [InlineData("POST /sandbox/max/webhook", "{\"url\":\"nowhere\"}", 400)]
    [InlineData("POST /sandbox/max/sings", "{}", 404)]
    [InlineData("POST /sandbox/icq/says", "{}", 404)]
    [InlineData("GET /sandbox/sent?wait=x", null, 400)]
    [InlineData("GET /elsewhere", null, 404)]
    public async Task Nonsense_is_answered_with_a_reason(string call, string? body, int status)
    {
        var told = await bot.Control(call, body);
        told.Status.ShouldBe(status);
        told.Json.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Everything_is_shown_and_forgotten()
    {
        await sandbox.Max.CustomerSaysAsync("5", "привет");
        await bot.SayInMax("5", "да");
        var shown = (await bot.Control("GET /sandbox")).Json;
        shown.GetProperty("max").GetProperty("address").GetString().ShouldBe(sandbox.MaxAddress.AbsoluteUri);
        shown.GetProperty("max").GetProperty("pending_updates").GetInt32().ShouldBe(1);
        shown.GetProperty("counts").GetProperty("sent").GetInt32().ShouldBe(1);

        await bot.Control("POST /sandbox/reset");
        sandbox.Log.Sent.All.ShouldBeEmpty();
        sandbox.Max.PendingUpdates.ShouldBe(0);
        (await bot.SayInMax("5", "да")).Status.ShouldBe(404);
    }
}
