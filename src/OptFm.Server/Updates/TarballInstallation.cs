using System.Text.RegularExpressions;

namespace OptFm.Server.Updates;

/// <summary>Installed by install.sh. What is put back are the files it lists, by the install.sh that came with them.</summary>
internal sealed partial class TarballInstallation : IInstallation
{
    /// <summary>What install.sh put on this machine, a path per line; it comes with the tarball alone.</summary>
    public const string List = "/usr/lib/optfm/FILES";

    private const string Version = "usr/lib/optfm/VERSION";
    private const string Script = "usr/lib/optfm/install.sh";

    public string ByHand => $"sudo OPTFM_ALLOW_DOWNGRADE=1 {UpdateFolder.Kept}/install.sh";

    public async Task<string> VersionAsync(CancellationToken stop) => (await File.ReadAllTextAsync("/" + Version, stop)).Trim();

    public async Task<NewPackage> OpenAsync(string package, CancellationToken stop)
    {
        // Nobody's ownership and no device files: whatever it holds, only files come out.
        await SystemProgram.MustAsync("tar", ["-xf", package, "-C", UpdateFolder.New, "--no-same-owner"], stop);
        var folders = Directory.GetFileSystemEntries(UpdateFolder.New);
        var name = folders.Length == 1 ? TopFolder().Match(Path.GetFileName(folders[0])) : Match.Empty;
        if (!name.Success || !File.Exists($"{folders[0]}/tree/{Version}") || !File.Exists($"{folders[0]}/tree/{Script}"))
            throw new UpdateException($"{Path.GetFileName(package)} is no tarball of optfm.", $"{Path.GetFileName(package)} — не архив optfm.");

        return new(name.Groups["version"].Value, name.Groups["architecture"].Value, $"{folders[0]}/tree");
    }

    public Task<IDisposable> LockAsync(TimeSpan within, CancellationToken stop) => Task.FromResult<IDisposable>(new MemoryStream());

    public Task CheckAsync(string package, CancellationToken stop) => Task.CompletedTask;

    public async Task KeepAsync(NewPackage replacing, CancellationToken stop)
    {
        UpdateFolder.CreateReadable(UpdateFolder.KeptTree);
        // Not /etc: install.sh never replaces what is there.
        var files = (await File.ReadAllLinesAsync(List, stop)).Where(line => line.StartsWith("usr/", StringComparison.Ordinal)).Select(line => "/" + line);
        FileCopies.Take(files.Where(File.Exists), UpdateFolder.KeptTree);
        File.Copy("/" + Script, $"{UpdateFolder.Kept}/install.sh", overwrite: true);
    }

    public Task InstallAsync(string package) => RunAsync($"{Directory.GetDirectories(UpdateFolder.New).Single()}/install.sh");

    public Task PutBackAsync() => RunAsync($"{UpdateFolder.Kept}/install.sh");

    private static Task<string> RunAsync(string script) => SystemProgram.MustAsync("/bin/sh", [script], CancellationToken.None, Installation.Variables);

    [GeneratedRegex(@"^optfm-(?<version>[0-9][0-9A-Za-z.+~-]*)-(?<architecture>[a-z0-9]+)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TopFolder();
}
