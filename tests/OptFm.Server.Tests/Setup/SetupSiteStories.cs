using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OptFm.Server.Operations;
using OptFm.Server.Setup.Steps;

namespace OptFm.Server.Tests.Setup;

/// <summary>Proves: nginx's site is written from the template, tested before it counts, and put back where nginx refuses it.</summary>
public sealed class SetupSiteStories : IAsyncLifetime
{
    private const string Site = "/etc/nginx/sites-available/optfm";
    private const string Link = "/etc/nginx/sites-enabled/optfm";

    private BareMachine _machine = null!;

    public async ValueTask InitializeAsync()
    {
        _machine = await BareMachine.MakeAsync();
        Certify("my.example.ru");
    }

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public async Task The_site_gets_domain_certificate_and_page_and_others_are_untouched()
    {
        var output = await RunAsync(("WEB_PAGE", "on"));

        output.ShouldContain("nginx serves https://my.example.ru/");
        _machine.Read(Site).ShouldContain("server_name my.example.ru;");
        _machine.Read(Site).ShouldContain("ssl_certificate /etc/ssl/my.pem;");
        _machine.Read(Site).ShouldContain("\n include snippets/optfm-page.conf;");
        _machine.Read(Site).ShouldNotContain("[::]", Case.Sensitive, "there is no IPv6 on this machine");
        _machine.Read("/etc/nginx/snippets/optfm-page.conf").ShouldBe("page");
        File.ResolveLinkTarget(_machine.PathOf(Link), returnFinalTarget: true)!.FullName.ShouldBe(_machine.PathOf(Site));
        _machine.Read("/etc/nginx/sites-enabled/other").ShouldBe("another site");

        var before = _machine.Snapshot();
        (await RunAsync()).ShouldNotContain("nginx");
        _machine.Snapshot().ShouldBe(before);
    }

    [Fact]
    public async Task A_site_that_nginx_refuses_is_put_back_and_nginx_is_quoted()
    {
        _machine.Programs["nginx -t"] = new ProgramOutcome(Found: true, TimedOut: false, 1, "nginx: [emerg] unknown directive \"sever\" in /etc/nginx/sites-enabled/other:3");
        (await RunAsync()).ShouldContain("unknown directive \"sever\"");
        File.Exists(_machine.PathOf(Site)).ShouldBeFalse();
        Path.Exists(_machine.PathOf(Link)).ShouldBeFalse();
        File.Exists(_machine.PathOf("/etc/nginx/snippets/optfm-page.conf")).ShouldBeFalse();

        _machine.Put(Site, "mine\n");
        await RunAsync();
        _machine.Read(Site).ShouldBe("mine\n");
        _machine.Ran.ShouldNotContain("nginx -s reload");
    }

    [Fact]
    public async Task A_certificate_for_another_name_or_with_another_key_is_refused()
    {
        var (code, output) = await _machine.AnswerAsync(
            ("MAX_API_KEY", BareMachine.Token), ("DOMAIN", "your.example.ru"), ("CERTIFICATE", "/etc/ssl/my.pem"), ("CERTIFICATE_KEY", "/etc/ssl/my.pem"));

        code.ShouldBe(2);
        output.ShouldContain("CERTIFICATE: The certificate is not for your.example.ru.");

        (code, output) = await _machine.AnswerAsync(
            ("MAX_API_KEY", BareMachine.Token), ("DOMAIN", "my.example.ru"), ("CERTIFICATE", "/etc/ssl/my.pem"), ("CERTIFICATE_KEY", "/etc/ssl/my.pem"));
        code.ShouldBe(2);
        output.ShouldContain("/etc/ssl/my.pem is not the unencrypted key");
    }

    [Fact]
    public async Task Certbot_proves_the_name_on_port_80_before_the_whole_site_is_written()
    {
        _machine.Absent.Remove("certbot");
        const string certbot = "certbot certonly --webroot -w /var/www/html -d my.example.ru --non-interactive --agree-tos --keep-until-expiring -m shop@example.ru";
        _machine.Programs[certbot] = new ProgramOutcome(Found: true, TimedOut: false, 1, "The Certificate Authority failed to verify");

        var (code, output) = await _machine.AnswerAsync(("MAX_API_KEY", BareMachine.Token), ("DOMAIN", "my.example.ru"), ("CERTBOT_EMAIL", "shop@example.ru"));

        code.ShouldBe(1);
        output.ShouldContain("The Certificate Authority failed to verify");
        output.ShouldContain("there is no certificate yet");
        _machine.Ran.IndexOf("nginx -t").ShouldBeInRange(0, _machine.Ran.IndexOf(certbot));
        _machine.Read(Site).ShouldContain("/.well-known/acme-challenge/");
        _machine.Read(Site).ShouldNotContain("ssl_certificate");
        _machine.Sandbox.Max.Webhooks.ShouldBeEmpty("there is nobody to deliver to yet");

        _machine.Put("/etc/letsencrypt/live/my.example.ru/fullchain.pem", "certbot's");
        (await _machine.AnswerAsync()).Output.ShouldContain("nginx serves https://my.example.ru/");
        _machine.Read(Site).ShouldContain("ssl_certificate /etc/letsencrypt/live/my.example.ru/fullchain.pem;");
    }

    [Theory]
    [InlineData("my.example.ru")]
    [InlineData("new.example.ru")]
    public async Task A_site_that_works_goes_on_while_certbot_fails(string domain)
    {
        _machine.Put("/usr/share/optfm/nginx/optfm.conf", _machine.Read("/usr/share/optfm/nginx/optfm.conf") + "# location /.well-known/acme-challenge/\n");
        await RunAsync();
        var works = _machine.Read(Site);
        _machine.Absent.Remove("certbot");
        _machine.Programs[$"certbot certonly --webroot -w /var/www/html -d {domain} --non-interactive --agree-tos --keep-until-expiring --register-unsafely-without-email"] =
            new ProgramOutcome(Found: true, TimedOut: false, 1, "too many certificates already issued");

        var (code, output) = await _machine.AnswerAsync(("DOMAIN", domain), ("CERTIFICATE", "certbot"));

        code.ShouldBe(1);
        output.ShouldContain("too many certificates");
        _machine.Read(Site).ShouldBe(works);
    }

    [Fact]
    public async Task What_is_not_installed_is_named_with_the_command_that_installs_it()
    {
        _machine.Absent.Add("nginx");

        var output = await RunAsync(("FIREWALL", "on"));

        output.ShouldContain("sudo apt install nginx");
        output.ShouldContain("sudo apt install ufw");
        output.ShouldContain("sudo apt install fail2ban");
    }

    [Theory]
    [InlineData(null, "# Written by optfm setup. Your own changes to the jail belong here too.\n[optfm]\nenabled = true\n")]
    [InlineData("[optfm]\nmaxretry = 5\nenabled = false\n", "[optfm]\nenabled = true\nmaxretry = 5\n")]
    [InlineData("[optfm]\nmaxretry = 5\nenabled = true\n", "[optfm]\nmaxretry = 5\nenabled = true\n")]
    [InlineData("[sshd]\nenabled = true\n", "[sshd]\nenabled = true\n\n[optfm]\nenabled = true\n")]
    public void The_jail_is_turned_on_and_an_administrators_lines_stay(string? before, string after) => Fail2BanStep.TurnedOn(before).ShouldBe(after);

    private async Task<string> RunAsync(params (string Key, string Value)[] more) => (await _machine.AnswerAsync(
        [("MAX_API_KEY", BareMachine.Token), ("DOMAIN", "my.example.ru"), ("CERTIFICATE", "/etc/ssl/my.pem"), ("CERTIFICATE_KEY", "/etc/ssl/my.key"), .. more])).Output;

    private void Certify(string name)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(90));
        _machine.Put("/etc/ssl/my.pem", certificate.ExportCertificatePem() + "\n" + certificate.ExportCertificatePem() + "\n");
        _machine.Put("/etc/ssl/my.key", key.ExportPkcs8PrivateKeyPem());
    }
}
