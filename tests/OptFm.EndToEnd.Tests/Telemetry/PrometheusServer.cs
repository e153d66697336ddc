using System.Net.Http.Json;
using System.Text.Json;
using OptFm.EndToEnd.Tests.Deploy;

namespace OptFm.EndToEnd.Tests.Telemetry;

/// <summary>A real Prometheus on a free port of the loopback address, with the rules of deploy/, that watches one server.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder;
    private readonly ServerProcess _process;

    private PrometheusServer(DirectoryInfo folder, ServerProcess process, Uri address) =>
        (_folder, _process, Client) = (folder, process, new HttpClient { BaseAddress = address });

    public HttpClient Client { get; }

    /// <param name="example">The scrape configuration of deploy/, made quick.</param>
    public static async Task<PrometheusServer> StartAsync(Uri server, string example, string rules)
    {
        var program = Tool.Find("prometheus", "prometheus");
        var folder = Directory.CreateTempSubdirectory("optfm-prometheus-");
        var config = Path.Combine(folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(config, example
            .Replace("127.0.0.1:8000", server.Authority, StringComparison.Ordinal)
            .Replace("- optfm.rules.yml", $"- {rules}", StringComparison.Ordinal)
            .Replace("interval: 15s", "interval: 1s", StringComparison.Ordinal));
        // Port 0 would be free for certain, but Prometheus tells nobody which one it got.
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var process = ServerProcess.Start(
            program,
            [$"--config.file={config}", $"--storage.tsdb.path={folder.FullName}/data", $"--web.listen-address={address.Authority}", "--log.level=info"],
            folder.FullName,
            new Dictionary<string, string?>(StringComparer.Ordinal));
        var prometheus = new PrometheusServer(folder, process, address);
        try
        {
            await process.WaitForLineAsync(line => line.Contains("Server is ready", StringComparison.Ordinal), Patience, TestContext.Current.CancellationToken);
            return prometheus;
        }
        catch
        {
            await prometheus.DisposeAsync();
            throw;
        }
    }

    /// <returns>How many series the query gives.</returns>
    public async Task<int> CountAsync(string query)
    {
        using var answer = await Client.GetAsync(new Uri($"/api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative));
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{query}\n{body}");
        return body.GetProperty("data").GetProperty("result").GetArrayLength();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
