using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using OptFm.EndToEnd.Tests.Faults;
using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Deploy;

/// <summary>
/// Real nginx with deploy/nginx/optfm.conf before the real server, TLS by a test authority. Only names of files, ports and the server's
/// address differ from what the package ships.
/// </summary>
internal sealed partial class NginxSite : IAsyncDisposable
{
    public const string Name = "bot.example.ru";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-nginx-");
    private readonly TestAuthority _authority;
    private readonly int _plainPort = FreePort();
    private readonly int _securePort = FreePort();
    private ServerProcess? _nginx;

    private readonly IReadOnlyList<RealServer> _nodes;

    private NginxSite(IReadOnlyList<RealServer> nodes)
    {
        _nodes = nodes;
        _authority = new TestAuthority(Name, _folder.FullName);
    }

    public RealServer Server => _nodes[0];

    public string AccessLog => Path.Combine(_folder.FullName, "optfm.log");

    public Uri Plain => new($"http://{Name}:{_plainPort}/");

    public Uri Secure => new($"https://{Name}:{_securePort}/");

    /// <param name="page">Whether the switch of the web page is on.</param>
    public static async Task<NginxSite> StartAsync(bool page = false)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MAX_API_KEY"] = "token",
            ["MAX_API"] = "compat",
            ["MAX_BASE_URL"] = "http://127.0.0.1:9/",
            ["MAX_WEBHOOK_URL"] = $"https://{Name}/webhook/max/",
            ["MAX_WEBHOOK_SECRET"] = Crowd.Secret,
        };
        return await StartAsync([await RealServer.StartAsync(settings, TestContext.Current.CancellationToken)], page);
    }

    /// <param name="nodes">Owned from now on. Several stand in the upstream as the guide writes them.</param>
    /// <param name="page">Whether the switch of the web page is on.</param>
    public static async Task<NginxSite> StartAsync(IReadOnlyList<RealServer> nodes, bool page = false)
    {
        var site = new NginxSite(nodes);
        try
        {
            var nginx = Tool.Find("nginx", "nginx");
            site.WriteConfiguration(page);
            string[] arguments = ["-p", site._folder.FullName, "-c", site.PathOf("nginx.conf")];
            await Tool.MustRunAsync(nginx, ["-t", .. arguments]);
            site._nginx = ServerProcess.Start(nginx, arguments, site._folder.FullName, new Dictionary<string, string?>(StringComparer.Ordinal));
            await site.ListeningAsync();
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks this nginx, whatever the name in the address; follows no redirect.</summary>
    public HttpClient Client(SslClientAuthenticationOptions? tls = null)
    {
        tls ??= new SslClientAuthenticationOptions();
        tls.CertificateChainPolicy = _authority.Policy;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = tls, ConnectCallback = ConnectAsync };
        return new HttpClient(handler) { BaseAddress = Secure, DefaultRequestVersion = HttpVersion.Version20 };
    }

    /// <summary>The lines logged so far, once there are as many as expected.</summary>
    public async Task<string[]> LogAsync(int lines)
    {
        while (true)
        {
            var log = await File.ReadAllLinesAsync(AccessLog, TestContext.Current.CancellationToken);
            if (log.Length >= lines) return log;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null)
        {
            // The master takes its workers along; killed, it would leave them.
            await _nginx.SignalAsync("QUIT");
            await _nginx.DisposeAsync();
        }

        foreach (var node in _nodes) await node.DisposeAsync();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Shipped(string name) => File.ReadAllText(Checkout.PathOf($"deploy/nginx/{name}"));

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, stop);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void WriteConfiguration(bool page)
    {
        var site = string.Join('\n', Shipped("optfm.conf").Split('\n').Where(line => !line.Contains("listen [::]", StringComparison.Ordinal)))
            .Replace("listen 80;", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{_plainPort};"))
            .Replace("listen 443 ", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{_securePort} "))
            .Replace("server 127.0.0.1:8000;", string.Join("\n    ", Upstream()))
            .Replace("/etc/letsencrypt/live/bot.example.ru", _folder.FullName)
            .Replace("/var/log/nginx", _folder.FullName)
            .Replace("/var/www/html", _folder.FullName);
        if (page) site = site.Replace("#include snippets/optfm-page.conf;", "include snippets/optfm-page.conf;");

        Directory.CreateDirectory(PathOf("snippets"));
        File.WriteAllText(PathOf("snippets/optfm-page.conf"), Shipped("optfm-page.conf"));
        File.WriteAllText(PathOf("site.conf"), site);
        var user = Environment.UserName == "root" ? "user root;" : "";
        File.WriteAllText(PathOf("nginx.conf"), $$"""
            {{user}}
            daemon off;
            worker_processes 2;
            pid nginx.pid;
            error_log error.log;
            events { worker_connections 2048; }
            http {
                access_log off;
                client_body_temp_path temp-body;
                proxy_temp_path temp-proxy;
                fastcgi_temp_path temp-fastcgi;
                uwsgi_temp_path temp-uwsgi;
                scgi_temp_path temp-scgi;
                include site.conf;
            }
            """);
    }

    private IEnumerable<string> Upstream() => _nodes.Count == 1
        ? [$"server {Server.BaseAddress.Authority};"]
        : _nodes.Select(node => $"server {node.BaseAddress.Authority}{GuidesNode().Match(File.ReadAllText(Checkout.PathOf("docs/deploy.ru.md"))).Groups["options"].Value};");

    /// <summary>A node in the guide's upstream.</summary>
    [GeneratedRegex(@"server 10\.0\.0\.11:8000(?<options> [^;]+);", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex GuidesNode();

    private async Task ListeningAsync()
    {
        using var client = Client();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK);
                // nginx answers first and logs then.
                await LogAsync(1);
                await File.WriteAllTextAsync(AccessLog, "", TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException) when (!_nginx!.Process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }
}
