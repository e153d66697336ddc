using System.Text;
using OptFm.Server.Operations;

namespace OptFm.Server.Setup;

/// <summary>Changes the bot's site in nginx: tested before it counts, and as it was where nginx refuses it. Other sites are not touched.</summary>
internal sealed class NginxSite(Machine machine)
{
    private readonly SiteFiles _files = new(machine);

    /// <param name="site">The site's text.</param>
    /// <param name="snippet">The page's snippet; null leaves it as it is.</param>
    /// <returns>What went wrong; null when nginx serves it.</returns>
    /// <remarks>Not interruptible: between writing and testing there is no moment to stop at.</remarks>
    public async Task<StepOutcome?> ChangeAsync(string site, string? snippet, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var before = new Before(Bytes(_files.Site), Bytes(_files.Snippet), _files.Link is { } link && Path.Exists(link));
        if (_files.Text is var old && old != site && !SiteText.IsPlainOnly(old)) PlacedFile.KeepPrevious(_files.Site, machine.Clock);

        PlacedFile.Write(_files.Site, Encoding.UTF8.GetBytes(site), PlacedFile.Public);
        if (snippet is not null) PlacedFile.Write(_files.Snippet, Encoding.UTF8.GetBytes(snippet), PlacedFile.Public);
        if (_files.Link is { } switchedOn && !before.Linked) File.CreateSymbolicLink(switchedOn, "../sites-available/optfm");

        var test = await machine.RunAsync("nginx", ["-t"], CancellationToken.None);
        if (!test.Succeeded)
        {
            Restore(before);
            return StepOutcome.Failed("nginx refuses the site, so it is as it was before; nginx says:", "nginx не принимает сайт, оставлен прежний; nginx говорит:") with { Output = test.Output };
        }

        var reload = await ReloadAsync();
        return reload.Succeeded ? null : StepOutcome.Failed("systemctl reload nginx", reload);
    }

    private async Task<ProgramOutcome> ReloadAsync()
    {
        if (!machine.HasSystemd) return await machine.RunAsync("nginx", ["-s", "reload"], CancellationToken.None);

        await machine.SystemctlAsync(["enable", "--quiet", "nginx"], CancellationToken.None);
        return await machine.SystemctlAsync(["reload-or-restart", "nginx"], CancellationToken.None);
    }

    private void Restore(Before before)
    {
        Restore(_files.Site, before.Site);
        Restore(_files.Snippet, before.Snippet);
        if (_files.Link is { } link && !before.Linked) File.Delete(link);
    }

    private static void Restore(string path, byte[]? content)
    {
        if (content is not null) PlacedFile.Write(path, content, PlacedFile.Public);
        else File.Delete(path);
    }

    private static byte[]? Bytes(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    private sealed record Before(byte[]? Site, byte[]? Snippet, bool Linked);
}
