using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using OptFm.Server.Answers;
using OptFm.Server.Channels;
using OptFm.Server.Channels.Max;
using OptFm.Server.Conversations;

namespace OptFm.Server.Tests.Channels;

public sealed class MaxEndpointsTests : IAsyncLifetime
{
    private const string AdminToken = "a-long-admin-token";

    private readonly StubHandler _max = new();
    private readonly HttpClient _http = new();
    private WebApplication? _app;
    private MaxEndpoints? _endpoints;
    private MaxChannel? _channel;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _channel = TestChannels.Max(_max);
        await StartAsync(TestChannels.MaxOptions("https://platform-api2.max.ru"), _channel.Admin);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _endpoints?.Dispose();
        _channel?.Dispose();
        if (_app is not null) await _app.DisposeAsync();
    }

    [Fact]
    public async Task The_status_names_the_bot_and_asks_max_only_once()
    {
        _max.Answers("""{"user_id":5,"first_name":"Бот","username":"shop_bot","is_bot":true}""");
        await GetStatusAsync();
        var status = await GetStatusAsync();
        status.GetProperty("max_integration").GetString().ShouldBe("enabled");
        status.GetProperty("api_connection").GetString().ShouldBe("ok");
        status.GetProperty("bot_info").GetRawText().ShouldBe("""{"id":5,"first_name":"Бот","username":"shop_bot"}""");
        _max.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_status_stays_an_answer_when_max_is_down()
    {
        _max.Fails(new HttpRequestException(HttpRequestError.ConnectionError));
        (await GetStatusAsync()).GetProperty("api_connection").GetString().ShouldBe("error");
    }

    [Fact]
    public async Task A_test_message_is_answered_without_calling_max()
    {
        var (status, json) = await PostAsync("/webhook/max/test", """{"text":"Привет","user_name":"Анна","user_id":7}""");
        status.ShouldBe(HttpStatusCode.OK);
        json.GetProperty("bot_response").GetString().ShouldBe("Анна: Привет*\n\nещё");
        json.GetProperty("test_message").GetRawText().ShouldBe(
            """{"message_id":"test_message","from":{"id":7,"first_name":"Анна"},"chat":{"id":7,"type":"private"},"text":"Привет"}""");
        _max.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("""{"text":5}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"text":"a","user_id":{}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"text":"a","user_name":[]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"text":"\ud800"}""", HttpStatusCode.OK)]
    public async Task Wrong_test_messages_are_refused(string body, HttpStatusCode expected) => (await PostAsync("/webhook/max/test", body)).Status.ShouldBe(expected);

    [Fact]
    public async Task Huge_bodies_and_other_types_are_refused()
    {
        (await PostAsync("/webhook/max/test", $$"""{"text":"{{new string('a', 70_000)}}"}""")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync("/webhook/max/test", """{"text":"a"}""", type: "text/plain")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_flood_of_test_messages_is_stopped()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => PostAsync("/webhook/max/test", """{"text":"a"}""")));
        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBeGreaterThanOrEqualTo(10);
        answers.ShouldContain(a => a.Status == HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    public async Task Without_the_admin_token_the_webhook_stays_as_it_is(string token)
    {
        (await PostAsync("/webhook/max/setup-webhook", """{"webhook_url":"https://evil.example/"}""", token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        using var delete = new HttpRequestMessage(HttpMethod.Delete, Address("/webhook/max/webhook"));
        using var answer = await _http.SendAsync(delete, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        _max.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_administrator_sets_the_webhook_our_old_ones_go_and_other_hosts_stay()
    {
        _max.Answers("""{"success":true}""").Answers("""{"subscriptions":[{"url":"https://other.example/"},{"url":"https://shop.example/old"},{"url":"https://shop.example/x"}]}""").Answers("""{"success":true}""");
        (await PostAsync("/webhook/max/setup-webhook", """{"webhook_url":"https://shop.example/x"}""", AdminToken)).Status.ShouldBe(HttpStatusCode.OK);
        _max.Calls[0].Body.GetProperty("secret").GetString().ShouldBe("s3cret");
        _max.Calls[0].Body.GetProperty("update_types").GetArrayLength().ShouldBe(15);
        (_max.Calls[2].Method, _max.Calls[2].Path).ShouldBe((HttpMethod.Delete, "/subscriptions?url=https%3A%2F%2Fshop.example%2Fold"));
        _max.Calls.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("""{"webhook_url":"http://shop.example/"}""")]
    [InlineData("""{"webhook_url":5}""")]
    [InlineData("""{"webhook_url":"https://shop.example/","secret_token":"пароль"}""")]
    [InlineData("nonsense")]
    public async Task A_wrong_webhook_is_refused(string body) =>
        (await PostAsync("/webhook/max/setup-webhook", body, AdminToken)).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_refusal_of_max_is_told()
    {
        _max.Answers("""{"code":"bad.url","message":"port must be 443"}""", HttpStatusCode.BadRequest);
        var (status, json) = await PostAsync("/webhook/max/setup-webhook", """{"webhook_url":"https://shop.example:8443/"}""", AdminToken);
        status.ShouldBe(HttpStatusCode.FailedDependency);
        json.GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("port must be 443");
    }

    private async Task StartAsync(MaxOptions options, IWebhookAdmin? admin)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _endpoints = new MaxEndpoints(options, AdminToken, admin, Echo, context => context.Connection.RemoteIpAddress?.ToString() ?? "unknown", TimeProvider.System);
        _endpoints.Map(_app);
        await _app.StartAsync();
    }

    private static Answer Echo(InboundMessage message) =>
        new("test", [new Reply($"**{message.FirstName}**: {message.Text}\\*"), new Reply("ещё")], new Conversation("max", message.Chat));

    private async Task<JsonElement> GetStatusAsync() =>
        JsonDocument.Parse(await _http.GetByteArrayAsync(Address("/webhook/max/status"), Stop)).RootElement;

    private async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(string path, string body, string token = "", string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (token.Length > 0) request.Headers.Authorization = new("Bearer", token);
        using var answer = await _http.SendAsync(request, Stop);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Stop)).RootElement);
    }

    private Uri Address(string path) => new(new Uri(_app!.Urls.First()), path);
}
