using OptFm.Server.Operations;

namespace OptFm.Server.Updates;

/// <summary>Installed by dpkg. What is put back is a package made anew of the installed files, so that dpkg knows what is on the disk.</summary>
/// <remarks>
/// Not dpkg-repack: it has to be installed first, and it packs the administrator's configuration files as if they were the package's own, so
/// that the next upgrade would replace them silently. Not the package installed last time: nobody has kept the first one.
/// </remarks>
internal sealed class DebianInstallation(TimeProvider clock) : IInstallation
{
    private const string Package = $"{UpdateFolder.Kept}/optfm.deb";

    public string ByHand => $"sudo OPTFM_ALLOW_DOWNGRADE=1 dpkg --force-confold -i {Package}";

    public async Task<string> VersionAsync(CancellationToken stop) =>
        (await SystemProgram.MustAsync("dpkg-query", ["-W", "-f", "${Version}", "optfm"], stop)).Trim();

    public async Task<NewPackage> OpenAsync(string package, CancellationToken stop)
    {
        var said = await ExternalProgram.RunAsync("dpkg-deb", ["-f", package, "Package", "Version", "Architecture"], Installation.Patience, stop);
        var fields = said.Output.Split('\n').Select(line => line.Split(": ", 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1].Trim());
        if (!said.Succeeded || fields["Package"].FirstOrDefault() != "optfm" || fields["Version"].FirstOrDefault() is not { } version)
            throw new UpdateException($"{Path.GetFileName(package)} is no package of optfm.", $"{Path.GetFileName(package)} — не пакет optfm.");

        await SystemProgram.MustAsync("dpkg-deb", ["-R", package, $"{UpdateFolder.New}/tree"], stop);
        return new(version, fields["Architecture"].FirstOrDefault() ?? "", $"{UpdateFolder.New}/tree");
    }

    public async Task<IDisposable> LockAsync(TimeSpan within, CancellationToken stop) => await DpkgLock.TakeAsync(within, clock, stop);

    public async Task CheckAsync(string package, CancellationToken stop)
    {
        var broken = Broken(await SystemProgram.MustAsync("dpkg-query", ["-W", "-f", "${db:Status-Abbrev} ${Package}\n"], stop));
        if (broken.Count > 0)
        {
            throw new UpdateException(
                $"dpkg has not finished with {string.Join(", ", broken)}. First: sudo dpkg --configure -a && sudo apt-get -f install",
                $"dpkg не закончил работу: {string.Join(", ", broken)}. Сначала: sudo dpkg --configure -a && sudo apt-get -f install");
        }

        // Packages that the new version needs and this machine lacks would leave it unpacked and not configured.
        var rehearsed = await ExternalProgram.RunAsync("dpkg", ["--dry-run", "-i", package], Installation.Patience, stop, Installation.Variables);
        if (rehearsed.Succeeded) return;

        throw new UpdateException(
            $"dpkg would not install it: {rehearsed.Output}\nIf packages are missing, install them first: sudo apt-get install NAME",
            $"dpkg его не установит: {rehearsed.Output}\nЕсли не хватает пакетов, сначала поставьте их: sudo apt-get install ИМЯ");
    }

    public async Task KeepAsync(NewPackage replacing, CancellationToken stop)
    {
        UpdateFolder.CreateReadable(UpdateFolder.KeptTree);
        var conffiles = Conffiles.Parse(await SystemProgram.MustAsync("dpkg-query", ["-W", "-f", "${Conffiles}", "optfm"], stop));
        var listed = (await SystemProgram.MustAsync("dpkg-query", ["-L", "optfm"], stop)).Split('\n').Where(line => line.StartsWith('/'));
        var files = listed.Where(path => !conffiles.Names.Contains(path) && (File.Exists(path) || new FileInfo(path).LinkTarget is not null)).ToList();
        FileCopies.Take(files, UpdateFolder.KeptTree);
        await conffiles.TakeAsync(replacing.Tree, UpdateFolder.KeptTree, stop);
        await KeepControlAsync(conffiles, stop);
        // Uncompressed: it lives for minutes, and the machine is slow.
        await SystemProgram.MustAsync("dpkg-deb", ["--root-owner-group", "-Znone", "--build", UpdateFolder.KeptTree, Package], stop);
    }

    public Task InstallAsync(string package) => RunDpkgAsync(package);

    public Task PutBackAsync() => RunDpkgAsync(Package);

    /// <summary>Half-installed, unpacked, half-configured, or to be installed again. Not those that merely wait for a trigger.</summary>
    /// <remarks>https://manpages.debian.org/stable/dpkg/dpkg-query.1.en.html#db:Status</remarks>
    internal static List<string> Broken(string listed) =>
        [.. listed.Split('\n').Where(line => line.Length > 4 && (line[1] is 'H' or 'U' or 'F' || line[2] == 'R')).Select(line => line[4..].Trim())];

    private static Task<string> RunDpkgAsync(string package) =>
        SystemProgram.MustAsync("dpkg", ["--force-confdef", "--force-confold", "-i", package], CancellationToken.None, Installation.Variables);

    private static async Task KeepControlAsync(Conffiles conffiles, CancellationToken stop)
    {
        const string control = $"{UpdateFolder.KeptTree}/DEBIAN";
        UpdateFolder.CreateReadable(control);
        // Not conffiles: it is rewritten from what dpkg has recorded, which is the same where nothing is obsolete.
        var paths = await SystemProgram.MustAsync("dpkg-query", ["--control-path", "optfm"], stop);
        foreach (var path in paths.Split('\n').Select(line => line.Trim()).Where(File.Exists))
            File.Copy(path, Path.Combine(control, Path.GetExtension(path)[1..]), overwrite: true);
        await File.WriteAllTextAsync(Path.Combine(control, "conffiles"), string.Concat(conffiles.Names.Select(name => name + "\n")), stop);

        var status = await SystemProgram.MustAsync("dpkg-query", ["-s", "optfm"], stop);
        await File.WriteAllTextAsync(Path.Combine(control, "control"), ControlFile.FromStatus(status), stop);
    }
}
