using OptFm.Server.Settings;

namespace OptFm.Server.Setup.Steps;

/// <summary>The bot's site in nginx.</summary>
internal sealed class NginxStep : ISetupStep
{
    public static StepOutcome NotInstalled { get; } = StepOutcome.Failed("nginx is not installed: sudo apt install nginx, then sudo optfm setup", "nginx не установлен: sudo apt install nginx, затем sudo optfm setup");

    public Task<Words?> PlanAsync(SetupContext setup, CancellationToken stop)
    {
        if (!setup.Choices.Nginx || IsSame(setup)) return Task.FromResult<Words?>(null);

        var site = new SiteFiles(setup.Machine).Site;
        return Task.FromResult<Words?>(new($"nginx: the site https://{setup.Choices.Domain}/ in {site}", $"nginx: сайт https://{setup.Choices.Domain}/ в {site}"));
    }

    public async Task<StepOutcome> ApplyAsync(SetupContext setup, CancellationToken stop)
    {
        var files = new SiteFiles(setup.Machine);
        if (!setup.Machine.HasProgram("nginx")) return NotInstalled;
        if (!File.Exists(files.SiteTemplate)) return StepOutcome.Failed($"{files.SiteTemplate} is not there: install the package again", $"Нет файла {files.SiteTemplate}: установите пакет заново");
        if (!File.Exists(setup.Machine.PathOf(setup.Choices.FullChain))) return StepOutcome.Failed("there is no certificate yet", "сертификата ещё нет");

        var problem = await new NginxSite(setup.Machine).ChangeAsync(Site(setup), File.ReadAllText(files.SnippetTemplate), stop);
        return problem ?? StepOutcome.Done($"nginx serves https://{setup.Choices.Domain}/", $"nginx обслуживает https://{setup.Choices.Domain}/");
    }

    private static bool IsSame(SetupContext setup)
    {
        var files = new SiteFiles(setup.Machine);
        return File.Exists(files.SiteTemplate)
            && files.Text == Site(setup)
            && File.Exists(files.Snippet)
            && File.ReadAllText(files.Snippet) == File.ReadAllText(files.SnippetTemplate)
            && (files.Link is null || Path.Exists(files.Link));
    }

    private static string Site(SetupContext setup)
    {
        var server = setup.Loaded.Settings.Http.LocalEndPoint;
        return SiteText.Full(File.ReadAllText(new SiteFiles(setup.Machine).SiteTemplate), setup.Choices, server, setup.Machine.HasIPv6);
    }
}
