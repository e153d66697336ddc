using System.Globalization;
using System.Net;
using System.Text.Json;
using OptFm.Bench.Chaos.Accounts;
using OptFm.Bench.Chaos.Nodes;
using OptFm.Sandbox;

namespace OptFm.Bench.Chaos.Crowd;

/// <summary>
/// What stands before the nodes, as nginx with an upstream of several: the nodes take turns, one that fails or hangs is passed over for a
/// while, and the delivery goes to the next. Writes into the ledger what each node said.
/// </summary>
internal sealed class Upstream(IReadOnlyList<Node> nodes, RunClock clock) : HttpMessageHandler
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan FailTimeout = TimeSpan.FromSeconds(2);

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(1),
        UseProxy = false,
        UseCookies = false,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
    });

    private int _turn;

    /// <summary>Null while nothing is to be written down.</summary>
    public ChaosLedger? Ledger { get; set; }

    /// <summary>Deliveries that another node had to take.</summary>
    public int PassedOn { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var update = UpdateOf(request.RequestUri!, body);
        if (update is not null) Ledger!.Posting(update);
        HttpResponseMessage? last = null;
        foreach (var node in InTurn())
        {
            if (last is not null) PassedOn++;
            last?.Dispose();
            last = await TryAsync(node, request, body, update, cancellationToken);
            if (last is { StatusCode: < HttpStatusCode.InternalServerError }) return last;
        }

        return last ?? new HttpResponseMessage(HttpStatusCode.BadGateway);
    }

    protected override void Dispose(bool disposing)
    {
        _client.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Those that seem well first.</summary>
    private List<Node> InTurn()
    {
        var first = (uint)Interlocked.Increment(ref _turn);
        var now = clock.Now;
        return Enumerable.Range(0, nodes.Count).Select(i => nodes[(int)((first + i) % nodes.Count)]).OrderBy(node => node.PassedOverUntil > now).ToList();
    }

    private async Task<HttpResponseMessage?> TryAsync(Node node, HttpRequestMessage request, byte[] body, AskedUpdate? update, CancellationToken stop)
    {
        var at = clock.Now;
        HttpResponseMessage? response = null;
        try
        {
            response = await PostAsync(node, request, body, stop);
            return response;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return null;
        }
        finally
        {
            var status = (int?)response?.StatusCode;
            if (status is null or >= 500) node.PassedOverUntil = clock.Now + FailTimeout;
            if (update is not null)
            {
                Ledger!.Posted(update, new(node.Name, at, status));
                if (status == 200) Ledger.Acknowledge(update, node.Name);
            }
        }
    }

    private async Task<HttpResponseMessage> PostAsync(Node node, HttpRequestMessage request, byte[] body, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(AnswerWithin);
        using var copy = new HttpRequestMessage(HttpMethod.Post, new Uri(node.Address, request.RequestUri!.AbsolutePath)) { Content = new ByteArrayContent(body) };
        copy.Content.Headers.ContentType = request.Content!.Headers.ContentType;
        foreach (var (name, values) in request.Headers) copy.Headers.TryAddWithoutValidation(name, values);
        var response = await _client.SendAsync(copy, patience.Token);
        await response.Content.LoadIntoBufferAsync(patience.Token);
        return response;
    }

    private AskedUpdate? UpdateOf(Uri webhook, byte[] body)
    {
        if (Ledger is null) return null;
        using var json = JsonDocument.Parse(body);
        var message = json.RootElement.GetProperty("message");
        return webhook == NodeSettings.Webhook(Messenger.Max)
            ? Ledger.Find(Messenger.Max, Id(message.GetProperty("recipient").GetProperty("chat_id")), message.GetProperty("body").GetProperty("text").GetString()!)
            : Ledger.Find(Messenger.Telegram, Id(message.GetProperty("chat").GetProperty("id")), message.GetProperty("text").GetString()!);
    }

    private static string Id(JsonElement number) => number.GetInt64().ToString(CultureInfo.InvariantCulture);
}
