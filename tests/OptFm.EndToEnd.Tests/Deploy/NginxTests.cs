using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Text.Json;
using OptFm.EndToEnd.Tests.Faults;

namespace OptFm.EndToEnd.Tests.Deploy;

/// <summary>Proves: the site in deploy/nginx lets in messengers, all of them, and little else.</summary>
public sealed class NginxTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_open_and_what_is_not()
    {
        await using var site = await NginxSite.StartAsync();
        using var client = site.Client();

        (await GetAsync(client, "/health")).ShouldBe(HttpStatusCode.OK);
        (await GetAsync(client, "/webhook/max/status")).ShouldBe(HttpStatusCode.OK);
        foreach (var path in (string[])["/", "/chat/events", "/metrics", "/health/live", "/webhook/max/test", "/webhook/max/setup-webhook", "/webhook/max/x", "/.env"])
            (await GetAsync(client, path)).ShouldBe(HttpStatusCode.NotFound, path);
        foreach (var path in (string[])["/webhook/max/test", "/webhook/max/setup-webhook"])
            (await PostAsync(client, path, "{}"u8.ToArray())).ShouldBe(HttpStatusCode.NotFound, path);

        (await PostAsync(client, "/webhook/max/", Crowd.Update("1", 1, "привет"))).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(client, "/webhook/max", Crowd.Update("1", 1, "привет"))).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(client, "/webhook/max/", new byte[(1 << 20) + 1])).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync(client, "/webhook/max/", Crowd.Update("1", 2, "привет"), secret: "wrong")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_page_has_a_switch_and_keeps_its_own_policy()
    {
        await using var site = await NginxSite.StartAsync(page: true);
        using var client = site.Client();

        using var page = await client.GetAsync(new Uri("/", UriKind.Relative), Stop);

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("script-src 'self'");
        page.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem();
        (await GetAsync(client, "/metrics")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Plain_HTTP_leads_to_HTTPS_under_the_sites_own_name()
    {
        await using var site = await NginxSite.StartAsync();
        using var client = site.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Plain, "/health?a=b")) { Version = HttpVersion.Version11 };
        request.Headers.Host = "evil.example";

        using var answer = await client.SendAsync(request, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        answer.Headers.Location.ShouldBe(new Uri("https://bot.example.ru/health?a=b"));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task TLS_and_HTTP_2_without_telling_a_version(SslProtocols protocol)
    {
        await using var site = await NginxSite.StartAsync();
        using var client = site.Client(new SslClientAuthenticationOptions { EnabledSslProtocols = protocol });

        foreach (var path in (string[])["/health", "/nothing"])
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);

            answer.Version.ShouldBe(HttpVersion.Version20);
            answer.Headers.Server.ToString().ShouldBe("nginx");
            (await answer.Content.ReadAsStringAsync(Stop)).ShouldNotContain("nginx/");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem().ShouldBe("nosniff");
        }
    }

    [Fact]
    public async Task A_burst_of_a_thousand_deliveries_is_taken_whole_and_a_flood_is_not()
    {
        await using var site = await NginxSite.StartAsync();
        using var client = site.Client();

        // All at once, which is more than a hundred a second on any machine.
        var burst = await Task.WhenAll(Enumerable.Range(1, 1000).Select(id => PostAsync(client, "/webhook/max/", Crowd.Update($"{id}", id, "доставка"))));
        burst.ShouldAllBe(status => status == HttpStatusCode.OK);

        (await site.LogAsync(1000)).Length.ShouldBe(1000);
        var flood = await Task.WhenAll(Enumerable.Range(1, 500).Select(_ => GetAsync(client, "/health")));
        flood.ShouldContain(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task The_log_is_JSON_whatever_clients_say_and_keeps_what_may_be_secret_out()
    {
        await using var site = await NginxSite.StartAsync();
        using var client = site.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Secure, "/a%22b%0A?token=hunter2"));
        request.Headers.TryAddWithoutValidation("User-Agent", "\"},{\"address\":\"6.6.6.6\"");

        using var answer = await client.SendAsync(request, Stop);

        var line = (await site.LogAsync(1)).ShouldHaveSingleItem();
        line.ShouldNotContain("hunter2");
        var logged = JsonDocument.Parse(line).RootElement;
        logged.GetProperty("address").GetString().ShouldBe("127.0.0.1");
        logged.GetProperty("status").GetString().ShouldBe("404");
        logged.GetProperty("uri").GetString().ShouldBe("/a\"b\n");
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string path, byte[] body, string secret = Crowd.Secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(body), Version = HttpVersion.Version20 };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-Max-Bot-Api-Secret", secret);
        using var answer = await client.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}
