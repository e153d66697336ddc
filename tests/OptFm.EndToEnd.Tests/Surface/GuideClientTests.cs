using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OptFm.Sandbox;
using OptFm.Sandbox.Faults;

namespace OptFm.EndToEnd.Tests.Surface;

/// <summary>
/// Proves: a client that was written for the deployment guide's bot finds every address, field and status where that client looks for it.
/// </summary>
public sealed class GuideClientTests
{
    private static readonly string[] Messages = ["Здравствуйте!", "Как оплатить заказ?", "Сколько идёт доставка в Казань?", "/help", "Спасибо, до свидания"];

    [Fact]
    public async Task The_root_says_that_the_service_runs()
    {
        await using var guide = await Guide.OpenAsync();

        var root = await guide.GetAsync("/");

        root.GetProperty("status").GetString().ShouldBe("ok");
        (await guide.Client.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_status_names_the_integration_and_the_bot()
    {
        await using var guide = await Guide.OpenAsync();

        var status = await guide.GetAsync("/webhook/max/status");

        status.GetProperty("max_integration").GetString().ShouldBe("enabled");
        status.GetProperty("api_key_configured").GetBoolean().ShouldBeTrue();
        status.GetProperty("bot_initialized").GetBoolean().ShouldBeTrue();
        status.GetProperty("webhook_endpoint").GetString().ShouldBe("/webhook/max/");
        status.GetProperty("api_connection").GetString().ShouldBe("ok");
        status.GetProperty("bot_info").ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public async Task The_status_tells_when_the_key_is_refused_and_when_MAX_is_off()
    {
        await using var guide = await Guide.OpenAsync();
        guide.Sandbox.Compat.Faults.Always(new Fault(FaultKind.ServerError) { Method = "getMe" });
        (await guide.GetAsync("/webhook/max/status")).GetProperty("api_connection").GetString().ShouldBe("error");

        await using var off = await RealServer.StartAsync();
        var status = await off.Client.GetFromJsonAsync<JsonElement>("/webhook/max/status");
        status.GetProperty("max_integration").GetString().ShouldBe("disabled");
        status.GetProperty("api_connection").GetString().ShouldBe("not_tested");
    }

    [Fact]
    public async Task A_test_message_shows_the_answer_and_sends_nothing()
    {
        await using var guide = await Guide.OpenAsync();

        foreach (var text in Messages)
        {
            var test = await guide.PostAsync("/webhook/max/test", new { text, user_name = "Тест", user_id = "test_user_1", chat_id = "test_user_1" });
            test.GetProperty("status").GetString().ShouldBe("ok");
            test.GetProperty("test_message").GetProperty("text").GetString().ShouldBe(text);
            test.GetProperty("bot_response").GetString().ShouldNotBeNullOrWhiteSpace();
        }

        guide.Sandbox.Log.Sent.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Updates_in_the_guides_dialect_are_taken_and_answered_in_order()
    {
        await using var guide = await Guide.OpenAsync();

        for (var i = 0; i < Messages.Length; i++)
        {
            var answer = await guide.PostAsync("/webhook/max/", Update(i + 1, Messages[i]));
            answer.GetProperty("status").GetString().ShouldBe("ok");
        }

        var sent = await guide.Sandbox.Log.Sent.WaitForCountAsync(Messages.Length, TimeSpan.FromSeconds(60));
        sent.ShouldAllBe(message => message.Chat == "test_user_1");
        sent[1].Text.ShouldContain("оплатить");
    }

    [Theory]
    [InlineData("""{"message":{"message_id":7,"from":{"id":"test_user_1","first_name":"Тест"},"chat":{"id":"test_user_1","type":"private"},"date":1760000000}}""")]
    [InlineData("""{"update_id":5}""")]
    [InlineData("{}")]
    public async Task Updates_with_nothing_to_answer_are_taken_and_said_to_be_skipped(string body)
    {
        await using var guide = await Guide.OpenAsync();

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await guide.Client.PostAsync("/webhook/max", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        json.GetProperty("status").GetString().ShouldBe("ok");
        json.GetProperty("message").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Malformed_JSON_is_refused()
    {
        await using var guide = await Guide.OpenAsync();

        using var content = new StringContent("{\"message\":", Encoding.UTF8, "application/json");
        (await guide.Client.PostAsync("/webhook/max/", content)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Only_the_administrator_changes_the_webhook()
    {
        await using var guide = await Guide.OpenAsync(("ADMIN_TOKEN", "guide-admin-token"));
        var setup = new { webhook_url = "https://bot.example/webhook/max/", secret_token = "a-secret" };
        (await guide.Client.PostAsJsonAsync("/webhook/max/setup-webhook", setup)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await guide.Client.DeleteAsync("/webhook/max/webhook")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        guide.Sandbox.Compat.Webhooks.ShouldBeEmpty();

        guide.Client.DefaultRequestHeaders.Authorization = new("Bearer", "guide-admin-token");
        (await guide.Client.PostAsJsonAsync("/webhook/max/setup-webhook", setup)).StatusCode.ShouldBe(HttpStatusCode.OK);
        guide.Sandbox.Compat.Webhooks.ShouldBe([new Uri("https://bot.example/webhook/max/")]);

        (await guide.Client.DeleteAsync("/webhook/max/webhook")).StatusCode.ShouldBe(HttpStatusCode.OK);
        guide.Sandbox.Compat.Webhooks.ShouldBeEmpty();
    }

    private static object Update(int id, string text) => new
    {
        message = new
        {
            message_id = id,
            from = new { id = "test_user_1", first_name = "Тест", username = "test_user" },
            chat = new { id = "test_user_1", type = "private" },
            date = 1_760_000_000 + id,
            text,
        },
    };

    /// <summary>A bot set up as the guide says, without a secret, and its messenger.</summary>
    private sealed class Guide(SandboxServer sandbox, RealServer server) : IAsyncDisposable
    {
        public SandboxServer Sandbox => sandbox;

        public HttpClient Client => server.Client;

        public static async Task<Guide> OpenAsync(params (string Name, string Value)[] more)
        {
            var sandbox = await SandboxServer.StartAsync(new SandboxOptions { LimitsOn = false, KnownChatsOnly = false });
            var settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["MAX_API_KEY"] = sandbox.Compat.Token,
                ["MAX_BASE_URL"] = sandbox.CompatAddress.AbsoluteUri,
                ["MAX_API"] = "compat",
                ["MAX_WEBHOOK_URL"] = "https://bot.example/webhook/max/",
                ["MAX_CHAT_RATE_LIMIT"] = "0",
            };
            foreach (var (name, value) in more) settings[name] = value;
            return new(sandbox, await RealServer.StartAsync(settings));
        }

        public Task<JsonElement> GetAsync(string path) => Client.GetFromJsonAsync<JsonElement>(path);

        public async Task<JsonElement> PostAsync(string path, object body)
        {
            using var answer = await Client.PostAsJsonAsync(path, body);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            await sandbox.DisposeAsync();
        }
    }
}
