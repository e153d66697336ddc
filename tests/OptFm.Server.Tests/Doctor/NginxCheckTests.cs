using OptFm.Server.Doctor;
using OptFm.Server.Doctor.Checks;

namespace OptFm.Server.Tests.Doctor;

/// <summary>Proves: of what <c>nginx -T</c> prints, that is found which keeps deliveries out.</summary>
public sealed class NginxCheckTests : IDisposable
{
    private const string Guide = """
        limit_req_zone $binary_remote_addr zone=webhook:10m rate=1r/s;
        server {
            location /webhook/max/ {
                limit_req zone=webhook burst=5;
                proxy_pass http://127.0.0.1:8000;
            }
        }
        """;

    private readonly Clinic _clinic = new();

    public NginxCheckTests() => _clinic.Set("TELEGRAM_BOT_TOKEN", "1:a").Set("TELEGRAM_WEBHOOK_URL", "https://bot.example.ru/webhook/telegram/");

    public void Dispose() => _clinic.Dispose();

    [Fact]
    public async Task The_shipped_site_is_well()
    {
        _clinic.Program("nginx", await File.ReadAllTextAsync(Path.Combine(Repository(), "deploy/nginx/optfm.conf"), TestContext.Current.CancellationToken));

        (await _clinic.RunAsync<NginxCheck>()).ShouldAllBe(finding => finding.Level == FindingLevel.Ok);
    }

    [Fact]
    public async Task The_old_guides_limit_of_one_delivery_a_second_is_found()
    {
        _clinic.Program("nginx", Guide);

        (await _clinic.FindAsync<NginxCheck>("nginx-limits")).ShouldSay(FindingLevel.Failure, "1 deliveries a second", "zone=webhook");
    }

    [Fact]
    public async Task A_limit_that_is_commented_out_is_none()
    {
        _clinic.Program("nginx", Guide.Replace("        limit_req ", "        # limit_req "));

        (await _clinic.FindAsync<NginxCheck>("nginx-limits")).ShouldSay(FindingLevel.Ok);
    }

    [Fact]
    public async Task A_site_that_is_not_enabled_is_found()
    {
        _clinic.Program("nginx", "server { listen 80; location / { return 404; } }");

        (await _clinic.FindAsync<NginxCheck>("nginx-site")).ShouldSay(FindingLevel.Failure, "/webhook/");
    }

    [Fact]
    public async Task A_site_of_ones_own_that_passes_everything_on_is_well()
    {
        _clinic.Program("nginx", "server { location / { if ($x) { return 403; } proxy_pass http://127.0.0.1:8000; } }");

        (await _clinic.FindAsync<NginxCheck>("nginx-site")).ShouldSay(FindingLevel.Ok);
    }

    [Fact]
    public async Task A_small_limit_on_bodies_is_found()
    {
        _clinic.Program("nginx", "http { client_max_body_size 8k; server { location = /webhook/max/ { proxy_pass http://b; } } }");

        (await _clinic.FindAsync<NginxCheck>("nginx-body")).ShouldSay(FindingLevel.Warning, "8 kB");
    }

    [Fact]
    public async Task A_broken_configuration_is_told_in_nginxs_own_words()
    {
        _clinic.Program("nginx", "nginx: [emerg] unknown directive \"sever\" in /etc/nginx/sites-enabled/optfm:30\nnginx: configuration file /etc/nginx/nginx.conf test failed", 1);

        (await _clinic.FindAsync<NginxCheck>("nginx")).ShouldSay(FindingLevel.Failure, "unknown directive \"sever\" in /etc/nginx/sites-enabled/optfm:30");
    }

    [Fact]
    public async Task A_bot_that_only_polls_needs_no_nginx()
    {
        _clinic.Set("TELEGRAM_WEBHOOK_URL", "");
        _clinic.Install();

        (await _clinic.RunAsync<NginxCheck>()).ShouldBeEmpty();
    }

    private static string Repository([System.Runtime.CompilerServices.CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "../../..");
}
