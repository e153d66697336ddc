using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>
/// Delivers to the public address as a messenger would, twice: with the wrong secret, which must be refused, and with the right one. The body
/// is no update (an empty list), so even with the right secret the bot answers 400 and stores nothing. The refusal leaves one warning in its log.
/// </summary>
/// <param name="certificate">The one judged before, and no other is spoken to; null over plain HTTP.</param>
internal sealed class DeliveryProbe(WebhookAddress address, IPAddress[] addresses, byte[]? certificate, DoctorContext context)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private static readonly Words Why = ("Otherwise the messenger cannot deliver; after eight hours of failures MAX drops the subscription.", "Иначе мессенджер не может доставить; через 8 часов неудач MAX удаляет подписку.");

    private static readonly Diagnosis Route = new("webhook-route", Area.Delivery, ("the way through nginx to the bot", "путь через nginx до бота"), Why, "sudo nginx -t && sudo systemctl reload nginx; sudo tail /var/log/nginx/optfm-error.log");
    private static readonly Diagnosis Secret = new("webhook-secret", Area.Delivery, ("the secret of deliveries", "секрет доставок"), ("With different secrets every genuine delivery is refused; with none anybody can write in a customer's name.", "Если секреты различаются, все настоящие доставки отклоняются; если их нет, писать от имени покупателя может кто угодно."), "sudo systemctl restart optfm && sudo optfm webhook set max");
    private static readonly Diagnosis Test = new("max-test-endpoint", Area.Delivery, ("the test address is closed", "тестовый адрес закрыт"), ("Anybody can have the bot work through questions, for free and without a trace.", "Кто угодно может заставлять бота отвечать, бесплатно и бесследно."), "sudo sed -i 's/^MAX_TEST_ENDPOINT=.*/MAX_TEST_ENDPOINT=off/' /etc/optfm/optfm.env && sudo systemctl restart optfm");

    public static IReadOnlyList<Diagnosis> Diagnoses { get; } = [Route, Secret, Test];

    /// <param name="trusted">Whether the certificate was found good. If not, the way behind it is looked at all the same, without the secret.</param>
    public async Task<IReadOnlyList<Finding>> AskAsync(bool trusted, CancellationToken stop)
    {
        using var client = Client();
        // Never equal to a secret: a messenger's is A-Z a-z 0-9 _ -.
        var refused = await PostAsync(client, address.Url, "optfm.doctor", stop);
        if (Blocked(refused) is { } blocked) return [blocked];

        var findings = new List<Finding> { Route.Ok() };
        if (address.Secret.Length > 0) findings.Add(await JudgeSecretAsync(client, refused, trusted, stop));
        if (address.Key == "max" && context.Settings.Max.TestEndpointOn) findings.Add(await JudgeTestAsync(client, stop));
        return findings;
    }

    /// <summary>To the addresses and the certificate found before, so that what is asked is what was judged.</summary>
    private HttpClient Client() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ConnectCallback = ConnectAsync,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => certificate is not null && shown?.GetRawCertData().AsSpan().SequenceEqual(certificate) == true },
    })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = 64 * 1024,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext connection, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(addresses, connection.DnsEndPoint.Port, stop);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task<Reply?> PostAsync(HttpClient client, Uri url, string secret, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent("[]", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(address.Header, secret);
        try
        {
            using var answer = await client.SendAsync(request, stop);
            return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(stop));
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return null;
        }
    }

    private Finding? Blocked(Reply? reply)
    {
        var port = context.Settings.Http.ListenPort;
        return reply switch
        {
            null => Route.Failure(($"{address.Host} accepts connections and does not answer", $"{address.Host} принимает соединение и не отвечает")),
            { IsOurs: true, Status: 400 or 401 or 403 } => null,
            { Status: 502 or 504 } => Route.Failure(($"nginx does not reach the bot at port {port} (answer {reply.Status})", $"nginx не достигает бота на порту {port} (ответ {reply.Status})"), $"sudo systemctl start optfm; grep -n 'server 127' /etc/nginx/sites-available/optfm   # {port}"),
            { Status: 404, Body.Length: > 0 } => Route.Failure(($"{address.Url} is answered 404: nginx does not pass it on to the bot", $"{address.Url} отвечает 404: nginx не передаёт его боту"), "sudo ln -sf ../sites-available/optfm /etc/nginx/sites-enabled/optfm && sudo nginx -t && sudo systemctl reload nginx"),
            { Status: 405 or 404 } => Route.Failure(($"the bot does not know {address.Url.AbsolutePath}: it runs with other settings", $"бот не знает адреса {address.Url.AbsolutePath}: он работает с другими настройками"), context.Restart),
            { Status: 429 } => Route.Failure(($"nginx refuses deliveries for their rate (answer 429)", $"nginx отклоняет доставки из-за частоты (ответ 429)"), "sudo nginx -T | grep -n limit_req"),
            { Status: >= 300 and < 400 } => Route.Failure(($"{address.Url} redirects elsewhere (answer {reply.Status}): messengers do not follow", $"{address.Url} перенаправляет (ответ {reply.Status}): мессенджеры за ним не идут")),
            _ => Route.Failure(($"something else than the bot answers at {address.Url} (answer {reply.Status})", $"на {address.Url} отвечает не бот (ответ {reply.Status})")),
        };
    }

    private async Task<Finding> JudgeSecretAsync(HttpClient client, Reply? refused, bool trusted, CancellationToken stop)
    {
        var mend = $"{context.Restart} && sudo optfm webhook set {address.Key}";
        if (refused is { Status: 403 }) return Secret.Unchecked(("MAX_ALLOWED_IPS does not let this machine itself deliver", "MAX_ALLOWED_IPS не пускает саму эту машину"));
        if (refused is { Status: 400 }) return Secret.Failure(("the running bot takes deliveries without the right secret", "работающий бот принимает доставки без верного секрета"), mend);
        // A secret is not shown to whom nobody vouches for.
        if (!trusted) return Secret.Unchecked(("the secret: mend the certificate first", "секрет: сначала исправьте сертификат"));

        return await PostAsync(client, address.Url, address.Secret, stop) is { Status: 400 }
            ? Secret.Ok()
            : Secret.Failure(($"the running bot refuses the secret of the settings: every delivery gets 401", $"работающий бот не принимает секрет из настроек: каждая доставка получает 401"), mend);
    }

    private async Task<Finding> JudgeTestAsync(HttpClient client, CancellationToken stop)
    {
        var reply = await PostAsync(client, new Uri($"{address.Url.AbsoluteUri.TrimEnd('/')}/test"), "", stop);
        return reply is { IsOurs: true, Status: 400 or 200 or 429 }
            ? Test.Warning(("the test address is open to the world (MAX_TEST_ENDPOINT)", "тестовый адрес открыт всему миру (MAX_TEST_ENDPOINT)"))
            : Test.Ok();
    }

    private sealed record Reply(int Status, string Body)
    {
        /// <summary>The bot's own answers are JSON with a status; nginx's are pages.</summary>
        public bool IsOurs => Body.StartsWith('{') && Body.Contains("\"status\"", StringComparison.Ordinal);
    }
}
