using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>
/// Customers of the guide's API who all write at once: each asks some questions in a new chat, one after another, then goes on with the next
/// chat. A delivery that is not acknowledged is repeated to the byte, as a messenger does it.
/// </summary>
internal sealed class Crowd(MortalServer server, Ledger ledger, IReadOnlyList<Prompt> prompts, int seed) : IDisposable
{
    public const string Secret = "fault-test-secret";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private int _chats;
    private int _repeated;

    /// <summary>Deliveries that were not acknowledged and were made again.</summary>
    public int Repeated => _repeated;

    public Task RunAsync(int customers, CancellationToken enough) =>
        Task.WhenAll(Enumerable.Range(0, customers).Select(number => Task.Run(() => WriteAsync(new Random(seed + number), enough), CancellationToken.None)));

    /// <summary>Delivers one message until it is acknowledged.</summary>
    public async Task DeliverAsync(string chat, int id, string text)
    {
        var body = Update(chat, id, text);
        while (!await TryAsync(await server.Up, body)) Interlocked.Increment(ref _repeated);
    }

    public void Dispose() => _http.Dispose();

    internal static byte[] Update(string chat, int id, string text) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["message"] = new JsonObject
        {
            ["message_id"] = id,
            ["from"] = new JsonObject { ["id"] = $"user_{chat}", ["first_name"] = "Ольга" },
            ["chat"] = new JsonObject { ["id"] = long.Parse(chat), ["type"] = "private" },
            ["date"] = 1_760_000_000 + id,
            ["text"] = text,
        },
    }.ToJsonString());

    internal static HttpRequestMessage Request(Uri server, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/webhook/max/")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-Max-Bot-Api-Secret", Secret);
        return request;
    }

    private async Task WriteAsync(Random random, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var chat = $"{Interlocked.Increment(ref _chats)}";
            var asked = prompts.OrderBy(_ => random.Next()).Take(random.Next(3, 10)).ToList();
            for (var i = 0; i < asked.Count; i++)
            {
                await DeliverAsync(chat, i + 1, asked[i].Question);
                ledger.Promise(chat, asked[i].Reply);
            }
        }
    }

    private async Task<bool> TryAsync(Uri address, byte[] body)
    {
        try
        {
            using var request = Request(address, body);
            using var response = await _http.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.OK) return true;
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            return false;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
