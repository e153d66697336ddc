using System.Net;
using System.Text.RegularExpressions;
using OptFm.Server.Channels.Web;

namespace OptFm.Server.Tests.Web;

public sealed class WebPageTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

    [Fact]
    public async Task A_browser_gets_the_page_and_a_session()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();

        using var answer = await GetAsync(visitor, "/", Browser);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("default-src 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        cookie.ShouldContain("path=/", Case.Insensitive);
        cookie.ShouldNotContain("secure", Case.Insensitive);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData("text/html;q=0.5, application/json")]
    [InlineData("text/html;q=0")]
    [InlineData("nonsense;;;,")]
    public async Task Whatever_is_no_browser_gets_json(string? accept)
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();

        using var answer = await GetAsync(visitor, "/", accept);

        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("""{"status":"ok","service":"optfm","version":"0.""");
        visitor.Cookie.ShouldBeNull();
    }

    [Fact]
    public async Task A_known_visitor_keeps_the_session_and_a_forged_one_is_replaced()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        (await GetAsync(visitor, "/", Browser)).Dispose();
        var first = visitor.Cookie;

        (await GetAsync(visitor, "/", Browser)).Dispose();
        visitor.Cookie.ShouldBe(first);

        visitor.TakeCookie("admin");
        (await GetAsync(visitor, "/", Browser)).Dispose();
        visitor.Cookie.ShouldNotBe("admin");
        visitor.Cookie!.Length.ShouldBe(22);
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("http, https", true)]
    [InlineData("https, http", false)]
    [InlineData("http", false)]
    public async Task Behind_a_trusted_proxy_that_ends_tls_the_cookie_is_secure(string protocol, bool secure)
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        visitor.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", protocol);

        using var answer = await GetAsync(visitor, "/", Browser);

        answer.Headers.GetValues("Set-Cookie").Single().Contains("secure", StringComparison.OrdinalIgnoreCase).ShouldBe(secure);
    }

    [Fact]
    public async Task Files_of_the_page_are_kept_for_good_and_known_by_their_hash()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();
        var page = await (await GetAsync(visitor, "/", Browser)).Content.ReadAsStringAsync();
        var files = Regex.Matches(page, "\"(?<file>/chat/assets/[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Select(m => m.Groups["file"].Value).ToList();
        files.Count.ShouldBe(2);

        foreach (var file in files)
        {
            using var answer = await visitor.Client.GetAsync(file);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);

            using var again = new HttpRequestMessage(HttpMethod.Get, file);
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            (await visitor.Client.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        }

        (await visitor.Client.GetAsync("/chat/assets/0000000000000000/chat.js")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await visitor.Client.GetAsync(files[0].Replace("chat.css", "chat.html", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await visitor.Client.GetAsync(files[0].Replace("chat.css", "..%2f..%2foptfm.db", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Without_a_script_the_page_names_the_shops_contacts_and_escapes_them()
    {
        await using var server = await WebChatServer.StartAsync();
        using var visitor = server.Visit();

        var page = await (await GetAsync(visitor, "/", Browser)).Content.ReadAsStringAsync();

        page.ShouldContain("<b>zakaz@example.org</b> &lt;script&gt;");
        page.ShouldNotContain("{{");
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void Addresses_of_one_subscriber_count_together(string one, string other, bool together) =>
        (WebRate.Network(one) == WebRate.Network(other)).ShouldBe(together);

    private static async Task<HttpResponseMessage> GetAsync(WebVisitor visitor, string path, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return await visitor.Client.SendAsync(request);
    }
}
