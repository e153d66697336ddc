using System.Net;
using System.Net.Sockets;
using System.Text;
using OptFm.Sandbox;

namespace OptFm.EndToEnd.Tests.Hostile;

/// <summary>An address of the server that takes a body, and what makes it take ours.</summary>
/// <param name="Sample">A body that it accepts.</param>
/// <param name="Headers">Proofs of origin.</param>
public sealed record PostEndpoint(string Path, string Sample, params (string Name, string Value)[] Headers)
{
    public override string ToString() => Path;
}

/// <summary>A server with every channel and every endpoint on, for strangers to throw things at.</summary>
public sealed class HostileTarget : IAsyncLifetime
{
    public const string MaxSecret = "hostile-max-secret";
    public const string TelegramSecret = "hostile-telegram-secret";
    public const string AdminToken = "hostile-admin-token";

    private SandboxServer? _sandbox;
    private RealServer? _server;
    private int _visitor;

    public static IReadOnlyList<PostEndpoint> Posts { get; } =
    [
        new("/webhook/max/", Samples.Compat, ("X-Max-Bot-Api-Secret", MaxSecret)),
        new("/webhook/max", Samples.CompatCallback, ("X-Telegram-Bot-Api-Secret-Token", MaxSecret)),
        new("/webhook/telegram/", Samples.Telegram, ("X-Telegram-Bot-Api-Secret-Token", TelegramSecret)),
        new("/webhook/telegram", Samples.TelegramMember, ("X-Telegram-Bot-Api-Secret-Token", TelegramSecret)),
        new("/webhook/max/test", Samples.Test),
        new("/webhook/max/setup-webhook", Samples.Setup, ("Authorization", "Bearer " + AdminToken)),
        new("/chat/messages", Samples.Chat),
    ];

    public RealServer Server => _server ?? throw new InvalidOperationException("not started");

    /// <summary>Comes from another address of this machine with each call, so that limits per address do not hide what is tested.</summary>
    public HttpClient Strangers { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { LimitsOn = false, KnownChatsOnly = false });
        _server = await RealServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MAX_API_KEY"] = _sandbox.Compat.Token,
            ["MAX_BASE_URL"] = _sandbox.CompatAddress.AbsoluteUri,
            ["MAX_API"] = "compat",
            ["MAX_WEBHOOK_URL"] = "https://bot.example/webhook/max/",
            ["MAX_WEBHOOK_SECRET"] = MaxSecret,
            ["MAX_RATE_LIMIT"] = "0",
            ["MAX_CHAT_RATE_LIMIT"] = "0",
            ["TELEGRAM_BOT_TOKEN"] = _sandbox.Telegram.Token,
            ["TELEGRAM_BASE_URL"] = _sandbox.TelegramAddress.AbsoluteUri,
            ["TELEGRAM_WEBHOOK_URL"] = "https://bot.example/webhook/telegram/",
            ["TELEGRAM_WEBHOOK_SECRET"] = TelegramSecret,
            ["TELEGRAM_RATE_LIMIT"] = "0",
            ["TELEGRAM_CHAT_RATE_LIMIT"] = "0",
            ["ADMIN_TOKEN"] = AdminToken,
        });
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero, AllowAutoRedirect = false, UseCookies = false, ConnectCallback = ConnectAsync, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        Strangers = new HttpClient(handler) { BaseAddress = _server.BaseAddress, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Posts bytes with all that the endpoint asks for.</summary>
    public Task<HttpResponseMessage> PostAsync(PostEndpoint endpoint, byte[] body, bool chunked = false) =>
        SendAsync(endpoint, new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } }, chunked);

    public async Task<HttpResponseMessage> SendAsync(PostEndpoint endpoint, HttpContent content, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Path) { Content = content };
        foreach (var (name, value) in endpoint.Headers) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TransferEncodingChunked = chunked;
        return await Strangers.SendAsync(request);
    }

    /// <summary>Writes bytes to the port and reads how the answer begins.</summary>
    /// <returns>The status of the first answer; null when there was none.</returns>
    public async Task<int?> RawAsync(byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Server.BaseAddress.Port);
        var stream = client.GetStream();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var answer = new byte[64];
        var read = 0;
        try
        {
            await stream.WriteAsync(bytes, patience.Token);
            read = await stream.ReadAtLeastAsync(answer, 12, throwOnEndOfStream: false, patience.Token);
        }
        catch (IOException)
        {
            // Cut off: an answer too.
        }

        var text = Encoding.ASCII.GetString(answer, 0, read);
        return text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && int.TryParse(text.AsSpan(9, 3), out var status) ? status : null;
    }

    /// <summary>It answers a healthy question: nothing that was thrown at it did harm.</summary>
    public async Task AnswersAsync()
    {
        (await Server.Client.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var answer = await PostAsync(Posts[0], Encoding.UTF8.GetBytes(Samples.Compat));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public async ValueTask DisposeAsync()
    {
        Strangers.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        if (_sandbox is not null) await _sandbox.DisposeAsync();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var number = Interlocked.Increment(ref _visitor);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // The whole of 127.0.0.0/8 is this machine.
            socket.Bind(new IPEndPoint(new IPAddress([127, (byte)(1 + number / 60_000), (byte)(number / 240 % 250), (byte)(2 + number % 240)]), 0));
            await socket.ConnectAsync(context.DnsEndPoint, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
