using System.Text;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup.Steps;

/// <summary>A certificate by certbot: nginx answers Let's Encrypt on port 80 first, and is reloaded after every renewal.</summary>
internal sealed class CertificateStep : ISetupStep
{
    private const string Hook = "/etc/letsencrypt/renewal-hooks/deploy/optfm-nginx";
    private const UnixFileMode Executable = PlacedFile.Public | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public Task<Words?> PlanAsync(SetupContext setup, CancellationToken stop)
    {
        if (!setup.Choices.Nginx || !setup.Choices.ByCertbot || (HasCertificate(setup) && File.Exists(setup.Machine.PathOf(Hook)))) return Task.FromResult<Words?>(null);
        return Task.FromResult<Words?>(HasCertificate(setup)
            ? new("Reload nginx whenever certbot renews the certificate", "Перечитывать сертификат в nginx после каждого обновления")
            : new($"Get a certificate for {setup.Choices.Domain} from Let's Encrypt", $"Получить сертификат Let's Encrypt для {setup.Choices.Domain}"));
    }

    public async Task<StepOutcome> ApplyAsync(SetupContext setup, CancellationToken stop)
    {
        if (!HasCertificate(setup) && await GetAsync(setup, stop) is { } problem) return problem;

        PlacedFile.Write(setup.Machine.PathOf(Hook), Encoding.UTF8.GetBytes("#!/bin/sh\n# Written by optfm setup: nginx takes the renewed certificate.\nexec systemctl reload nginx\n"), Executable);
        return StepOutcome.Done($"the certificate is in {setup.Choices.FullChain}", $"сертификат: {setup.Choices.FullChain}");
    }

    private static bool HasCertificate(SetupContext setup) => File.Exists(setup.Machine.PathOf(setup.Choices.FullChain));

    private static async Task<StepOutcome?> GetAsync(SetupContext setup, CancellationToken stop)
    {
        var machine = setup.Machine;
        if (!machine.HasProgram("nginx")) return NginxStep.NotInstalled;
        if (!machine.HasProgram("certbot")) return StepOutcome.Failed("certbot is not installed: sudo apt install certbot, then sudo optfm setup", "certbot не установлен: sudo apt install certbot, затем sudo optfm setup");

        var site = new NginxSite(machine);
        var present = new SiteFiles(machine).Text;
        var serves = SiteText.AnswersCertbot(present, setup.Choices.Domain);
        if (!serves && await site.ChangeAsync(SiteText.PlainOnly(setup.Choices.Domain, machine.HasIPv6), null, stop) is { } refused) return refused;

        var problem = await AskCertbotAsync(setup, stop);
        // A site that served another name goes on serving it.
        if (problem is not null && !serves && present.Length > 0) await site.ChangeAsync(present, null, CancellationToken.None);
        return problem;
    }

    private static async Task<StepOutcome?> AskCertbotAsync(SetupContext setup, CancellationToken stop)
    {
        var machine = setup.Machine;
        Directory.CreateDirectory(machine.PathOf(SiteFiles.WebRoot));
        string[] account = setup.Choices.CertbotEmail.Length > 0 ? ["-m", setup.Choices.CertbotEmail] : ["--register-unsafely-without-email"];
        string[] arguments = ["certonly", "--webroot", "-w", SiteFiles.WebRoot, "-d", setup.Choices.Domain, "--non-interactive", "--agree-tos", "--keep-until-expiring", .. account];
        var got = await machine.RunProgram("certbot", arguments, Longest, stop);
        if (!got.Succeeded) return StepOutcome.Failed("certbot", got);
        return HasCertificate(setup) ? null : StepOutcome.Failed($"certbot left no {setup.Choices.FullChain}", $"certbot не создал {setup.Choices.FullChain}");
    }
}
