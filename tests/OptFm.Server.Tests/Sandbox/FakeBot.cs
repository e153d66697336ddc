using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OptFm.Sandbox;

namespace OptFm.Server.Tests.Sandbox;

/// <summary>A bot reduced to its calls: it speaks to the three fakes as their contracts ask.</summary>
internal sealed class FakeBot(SandboxServer sandbox) : IDisposable
{
    private readonly HttpClient client = new();

    public void Dispose() => client.Dispose();

    internal Task<Told> Max(string verbAndPath, object? body = null, string? token = null)
    {
        var (verb, path) = (verbAndPath.Split(' ')[0], verbAndPath.Split(' ')[1]);
        var request = Request(new HttpMethod(verb), $"{sandbox.MaxAddress}{path}", body);
        request.Headers.TryAddWithoutValidation("Authorization", token ?? sandbox.Max.Token);
        return SendAsync(request);
    }

    internal Task<Told> Compat(string method, object? body = null, string? token = null)
    {
        var request = Request(body is null ? HttpMethod.Get : HttpMethod.Post, $"{sandbox.CompatAddress}/{method}", body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? sandbox.Compat.Token);
        return SendAsync(request);
    }

    internal Task<Told> Telegram(string method, object? body = null, string? token = null) =>
        SendAsync(Request(body is null ? HttpMethod.Get : HttpMethod.Post, $"{sandbox.TelegramAddress}/bot{token ?? sandbox.Telegram.Token}/{method}", body));

    internal Task<Told> Control(string verbAndPath, object? body = null) =>
        SendAsync(Request(new HttpMethod(verbAndPath.Split(' ')[0]), new Uri(sandbox.Address, verbAndPath.Split(' ')[1]).AbsoluteUri, body));

    internal Task<Told> SayInMax(string chat, string text, string? format = null) => Max($"POST /messages?chat_id={chat}", new { text, format });

    internal Task<Told> SayInTelegram(string chat, string text, string? parse_mode = null) => Telegram("sendMessage", new { chat_id = chat, text, parse_mode });

    private static HttpRequestMessage Request(HttpMethod verb, string url, object? body)
    {
        var request = new HttpRequestMessage(verb, url);
        if (body is not null) request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return request;
    }

    private async Task<Told> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var response = await client.SendAsync(request))
            return new Told((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.RetryAfter?.Delta);
    }
}

/// <summary>An answer of a messenger.</summary>
internal sealed record Told(int Status, string Body, TimeSpan? RetryAfter)
{
    internal JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);
}
