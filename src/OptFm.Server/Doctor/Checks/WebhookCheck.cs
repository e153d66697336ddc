using System.Net;
using System.Net.Sockets;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>
/// The way of a delivery, step by step as a messenger goes it: name, port, certificate, nginx, the bot, the secret. It stops at the first step
/// that fails. Seen from this machine: a firewall in front of it is not noticed.
/// </summary>
internal sealed class WebhookCheck : ICheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private static readonly Words Why = ("Otherwise the messenger cannot deliver; after eight hours of failures MAX drops the subscription.", "Иначе мессенджер не может доставить; через 8 часов неудач MAX удаляет подписку.");

    private static readonly Diagnosis Name = new("webhook-dns", Area.Delivery, ("the domain's address", "адрес домена"), Why, "dig +short DOMAIN");
    private static readonly Diagnosis Port = new("webhook-port", Area.Delivery, ("the port messengers deliver to", "порт, куда доставляют мессенджеры"), Why, "sudo systemctl start nginx; sudo ufw allow 443/tcp");
    private static readonly Diagnosis Https = new("webhook-https", Area.Delivery, ("the address messengers accept", "адрес, пригодный для мессенджеров"), Why, "sudo nano /etc/optfm/optfm.env && sudo systemctl restart optfm");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Name, Port, Https, .. CertificateJudge.Diagnoses, .. DeliveryProbe.Diagnoses];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        if (!context.SettingsUsable) return [];
        if (InternetCheck.IsCutOff(context)) return [Port.Unchecked(("deliveries: there is no Internet", "доставка: нет интернета"))];

        var found = await Task.WhenAll(WebhookAddress.All(context.Settings).Select(address => FollowAsync(address, context, stop)));
        // Both messengers usually go through the same name and certificate: said once.
        return [.. found.SelectMany(list => list).DistinctBy(finding => (finding.Diagnosis.Id, finding.Level, finding.What.English))];
    }

    private static async Task<IReadOnlyList<Finding>> FollowAsync(WebhookAddress address, DoctorContext context, CancellationToken stop)
    {
        var findings = new List<Finding> { JudgeAddress(address) };
        var (addresses, certificate, open) = await ApproachAsync(address, context, findings, stop);
        if (!open) return findings;

        var trusted = CertificateJudge.IsGood(findings, certificate, context.Clock.GetUtcNow());
        findings.AddRange(await new DeliveryProbe(address, addresses, certificate, context).AskAsync(trusted, stop));
        return findings;
    }

    /// <summary>Name, port and certificate, without delivering anything.</summary>
    /// <returns>Where it is, the host's certificate, and whether a delivery gets this far.</returns>
    internal static async Task<(IPAddress[] Addresses, byte[]? Certificate, bool Open)> ApproachAsync(
        WebhookAddress address, DoctorContext context, List<Finding> findings, CancellationToken stop)
    {
        var addresses = await ResolveAsync(address.Host, context, stop);
        if (addresses.Length == 0)
        {
            findings.Add(Nameless(address.Host));
            return ([], null, false);
        }

        findings.Add(JudgeOwner(address.Host, addresses, context));
        using var socket = await ConnectAsync(addresses, address.Url.Port, stop);
        findings.Add(socket is null ? await ClosedAsync(address, context, stop) : Port.Ok());
        if (socket is null || address.Url.Scheme != Uri.UriSchemeHttps) return (addresses, null, socket is not null);

        var certificate = await JudgeTlsAsync(socket, address, context, findings, stop);
        return (addresses, certificate, certificate is not null);
    }

    private static Finding JudgeAddress(WebhookAddress address)
    {
        if (address.Url.IsLoopback) return Https.Ok();
        if (address.Url.Scheme != Uri.UriSchemeHttps) return Https.Warning(($"{address.Url} is not https: messengers do not deliver there", $"{address.Url} не https: туда мессенджеры не доставляют"));
        // Telegram also takes 80, 88 and 8443.
        return address.Key != "max" || address.Url.Port == 443
            ? Https.Ok()
            : Https.Failure(($"MAX delivers to port 443 only, and MAX_WEBHOOK_URL names {address.Url.Port}", $"MAX доставляет только на порт 443, а в MAX_WEBHOOK_URL указан {address.Url.Port}"));
    }

    private static async Task<IPAddress[]> ResolveAsync(string host, DoctorContext context, CancellationToken stop)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal)) return [literal];

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        try
        {
            // The system's resolver does not listen to cancellation while it waits.
            return await context.ResolveAsync(host, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return [];
        }
    }

    private static Finding Nameless(string host) => Name.Failure(
        ($"the name {host} has no address in DNS: messengers do not find this machine", $"у имени {host} нет адреса в DNS: мессенджеры не найдут эту машину"),
        ($"add an A record for {host} at your registrar, wait, then: dig +short {host}", $"добавьте у регистратора A-запись для {host}, подождите и проверьте: dig +short {host}"));

    internal static Finding JudgeOwner(string host, IPAddress[] addresses, DoctorContext context)
    {
        var own = context.OwnAddresses().Where(PublicAddress.Is).ToList();
        // Behind a router or in most clouds a machine does not know its public address.
        if (own.Count == 0 || addresses.Any(own.Contains) || addresses.All(address => !PublicAddress.Is(address))) return Name.Ok();

        return Name.Warning(
            ($"{host} points to {addresses[0]}, and this machine has {own[0]}: right only with a proxy in between", $"{host} указывает на {addresses[0]}, а у этой машины адрес {own[0]}: верно, только если между ними прокси"),
            ($"change the A record of {host} to {own[0]}", $"исправьте A-запись для {host} на {own[0]}"));
    }

    private static async Task<Socket?> ConnectAsync(IPAddress[] addresses, int port, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, limit.Token);
            return socket;
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            socket.Dispose();
            return null;
        }
    }

    private static async Task<Finding> ClosedAsync(WebhookAddress address, DoctorContext context, CancellationToken stop)
    {
        var port = address.Url.Port;
        var who = await PortOwner.FindAsync(context, port, stop);
        return who is null
            ? Port.Failure(($"nobody answers at {address.Host}:{port} (tried from this machine): nginx is not running, or a firewall is in between", $"{address.Host}:{port} не отвечает (проверено с этой машины): nginx не работает или мешает межсетевой экран"))
            : Port.Failure(($"{who} listens on port {port}, and {address.Host}:{port} does not answer: a firewall is in between, or the name points elsewhere", $"{who} слушает порт {port}, но {address.Host}:{port} не отвечает: мешает межсетевой экран, или имя указывает не сюда"), "sudo ufw allow 443/tcp");
    }

    /// <returns>The host's certificate; null where TLS did not come about.</returns>
    private static async Task<byte[]?> JudgeTlsAsync(Socket socket, WebhookAddress address, DoctorContext context, List<Finding> findings, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        using var served = await ServedCertificate.FetchAsync(stream, address.Host, limit.Token);
        findings.AddRange(CertificateJudge.Judge(served, address.Host, address.Roots(context), context.Clock.GetUtcNow()));
        return served.Leaf?.RawData;
    }
}
