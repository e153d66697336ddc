using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OptFm.EndToEnd.Tests.Hostile;

/// <summary>
/// Proves: whatever a stranger does to the requests themselves (methods, paths, headers, framing, pace), the answer is a 4xx or none, never a
/// 5xx of ours, and others are served meanwhile.
/// </summary>
public sealed class HostileRequestTests(HostileTarget target, ITestOutputHelper output) : IClassFixture<HostileTarget>
{
    [Theory]
    [InlineData("/", "GET", "HEAD")]
    [InlineData("/health", "GET", "HEAD")]
    [InlineData("/health/live", "GET", "HEAD")]
    [InlineData("/chat/assets/x/y.js", "GET", "HEAD")]
    [InlineData("/chat/messages", "POST")]
    [InlineData("/webhook/max", "POST")]
    [InlineData("/webhook/max/", "POST")]
    [InlineData("/webhook/telegram", "POST")]
    [InlineData("/webhook/telegram/", "POST")]
    [InlineData("/webhook/max/status", "GET")]
    [InlineData("/webhook/max/test", "POST")]
    [InlineData("/webhook/max/setup-webhook", "POST")]
    [InlineData("/webhook/max/webhook", "DELETE")]
    public async Task Other_methods_are_not_allowed(string path, params string[] allowed)
    {
        foreach (var method in new[] { "GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "BREW" }.Except(allowed))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await target.Strangers.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed, method);
        }
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/webhook")]
    [InlineData("/webhook/max/test/")]
    [InlineData("/webhook/max/../../etc/passwd")]
    [InlineData("/chat/assets/../../../../etc/passwd")]
    [InlineData("/chat/assets/%2e%2e/%2e%2e%2fetc%2fpasswd")]
    [InlineData("/chat/assets/x/..%5c..%5cdata%5cfaq.json")]
    [InlineData("/chat/assets/x/chat.html")]
    [InlineData("/chat/assets//chat.css")]
    [InlineData("//etc/passwd")]
    [InlineData("/%00")]
    [InlineData("/%")]
    [InlineData("/%ff%fe")]
    [InlineData("/.env")]
    [InlineData("/var/optfm.db")]
    [InlineData("/data/faq.json")]
    [InlineData("/chat/events?after=-1")]
    [InlineData("/chat/events?after=99999999999999999999")]
    [InlineData("/chat/events?after=%00")]
    public async Task Unknown_and_crooked_paths_are_refused(string path)
    {
        var status = await target.RawAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: bot.example\r\nConnection: close\r\n\r\n"));
        status.ShouldNotBeNull();
        status.Value.ShouldBeInRange(400, 405);
    }

    public static TheoryData<string, string> Requests => new()
    {
        { "header of 100 KB", "GET / HTTP/1.1\r\nHost: x\r\nA: " + new string('a', 100_000) + "\r\n\r\n" },
        { "a thousand headers", "GET / HTTP/1.1\r\nHost: x\r\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"A{i}: {i}\r\n")) + "\r\n" },
        { "address of 100 KB", "GET /" + new string('a', 100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n" },
        { "no host", "GET / HTTP/1.1\r\n\r\n" },
        { "two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" },
        { "two lengths", "POST /webhook/max HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}" },
        { "negative length", "POST /webhook/max HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{}" },
        { "endless length", "POST /webhook/max HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n{}" },
        { "spoilt chunk", "POST /webhook/max HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n" },
        { "huge chunk", "POST /webhook/max HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}" },
        { "cut chunk", "POST /webhook/max HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{}" },
        { "cut body", "POST /webhook/max HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{}" },
        { "bare line feeds", "GET / HTTP/1.1\nHost: x\n\n" },
        { "header without a name", "GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n" },
        { "folded header", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n" },
        { "null in a header", "GET / HTTP/1.1\r\nHost: x\r\nA: \0\r\n\r\n" },
        { "bad accept", "GET / HTTP/1.1\r\nHost: x\r\nAccept: ;;;q=x,,text/html;q=9\r\nConnection: close\r\n\r\n" },
        { "bad cookie", "GET /chat/events?after=x HTTP/1.1\r\nHost: x\r\nCookie: optfm_chat=;;=;\u00ff\r\nConnection: close\r\n\r\n" },
        { "forged origin", "POST /chat/messages HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}" },
        { "bad forwarding", "POST /chat/messages HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ,,999.1.1.1, ::::, \"\r\nX-Forwarded-Proto: ,\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}" },
        { "bad content type", "POST /webhook/max HTTP/1.1\r\nHost: x\r\nContent-Type: ;/\"\r\nContent-Length: 2\r\n\r\n{}" },
        { "websocket", "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\nSec-WebSocket-Key: x\r\n\r\n" },
        { "expectation", "POST /webhook/max HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}" },
        { "proxy request", "CONNECT bot.example:443 HTTP/1.1\r\nHost: bot.example:443\r\n\r\n" },
        { "asterisk", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n" },
        { "old protocol", "GET /\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Abuse_of_the_protocol_is_refused_or_harmless(string what, string request)
    {
        // 100 Continue is no answer yet.
        var status = await target.RawAsync(Encoding.Latin1.GetBytes(request));
        output.WriteLine($"{what}: {status?.ToString() ?? "cut off"}");
        if (status is { } given) (given is 100 or 200 or (>= 400 and < 500)).ShouldBeTrue($"{what}: {given}");
        await target.AnswersAsync();
    }

    [Fact]
    public async Task Random_bytes_are_no_request()
    {
        var random = new Random(Seeds.Next(output));
        for (var i = 0; i < 200; i++)
        {
            var noise = new byte[random.Next(1, 3000)];
            random.NextBytes(noise);
            byte[] bytes = [.. i % 2 == 0 ? ""u8 : "POST /webhook/max HTTP/1.1\r\nHost: x\r\n"u8, .. noise, .. "\r\n\r\n"u8];
            if (await target.RawAsync(bytes) is { } status) status.ShouldBeInRange(400, 499, Convert.ToBase64String(bytes));
        }

        await target.AnswersAsync();
    }

    [Fact]
    public async Task Bodies_that_never_end_hold_up_nobody_and_are_cut()
    {
        var slow = new List<TcpClient>();
        try
        {
            foreach (var path in HostileTarget.Posts.Select(post => post.Path).Concat(Enumerable.Repeat("/webhook/max", 40))) slow.Add(await DripAsync(path));
            await target.AnswersAsync();

            foreach (var client in slow) await EndAsync(client);
        }
        finally
        {
            slow.ForEach(client => client.Dispose());
        }

        await target.AnswersAsync();
    }

    private async Task<TcpClient> DripAsync(string path)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, target.Server.BaseAddress.Port);
        var head = $"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        return client;
    }

    /// <summary>Waits until the server is through with the connection; a server that waits for ever fails the test by the guard.</summary>
    private static async Task EndAsync(TcpClient client)
    {
        using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var answer = new MemoryStream();
        try
        {
            await client.GetStream().CopyToAsync(answer, guard.Token);
        }
        catch (IOException)
        {
            // Reset: cut as well.
        }

        var text = Encoding.ASCII.GetString(answer.ToArray());
        if (text.Length > 0) text.ShouldStartWith("HTTP/1.1 4");
    }
}
