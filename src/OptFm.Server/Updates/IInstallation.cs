namespace OptFm.Server.Updates;

/// <summary>The installed program, as its way of installing knows it: dpkg or install.sh.</summary>
internal interface IInstallation
{
    /// <summary>What is installed.</summary>
    Task<string> VersionAsync(CancellationToken stop);

    /// <summary>Unpacks the package into <see cref="UpdateFolder.New"/> and reads what it says of itself. Installs nothing.</summary>
    /// <exception cref="UpdateException">It is no package of this program.</exception>
    Task<NewPackage> OpenAsync(string package, CancellationToken stop);

    /// <summary>Keeps the others out until disposed of.</summary>
    /// <exception cref="UpdateException">Somebody else installs something and does not end within that time.</exception>
    Task<IDisposable> LockAsync(TimeSpan within, CancellationToken stop);

    /// <exception cref="UpdateException">The package cannot be installed on this machine as it is now.</exception>
    Task CheckAsync(string package, CancellationToken stop);

    /// <summary>Keeps the installed program in <see cref="UpdateFolder.Kept"/>, ready to be put back.</summary>
    Task KeepAsync(NewPackage replacing, CancellationToken stop);

    /// <summary>Replaces the program, keeps what the administrator changed in /etc, starts nothing. Under <see cref="LockAsync"/>.</summary>
    Task InstallAsync(string package);

    /// <summary>Installs what <see cref="KeepAsync"/> kept, over whatever is there, half of it if need be. Under <see cref="LockAsync"/>.</summary>
    Task PutBackAsync();

    /// <summary>The command that does what <see cref="PutBackAsync"/> could not.</summary>
    string ByHand { get; }
}

internal static class Installation
{
    /// <summary>Told to the package's scripts: the service is started by whoever updates, once all is in place.</summary>
    public static Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal)
    {
        ["OPTFM_UPDATING"] = "1",
        ["OPTFM_ALLOW_DOWNGRADE"] = "1",
        ["DEBIAN_FRONTEND"] = "noninteractive",
        ["DPKG_FRONTEND_LOCKED"] = "true",
    };

    /// <summary>A slow machine unpacks a package in a minute; a killed dpkg is worse than a late one.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(30);

    public static IInstallation Of(PackageKind kind, TimeProvider clock) =>
        kind == PackageKind.Debian ? new DebianInstallation(clock) : new TarballInstallation();

    /// <returns>Null where the program is not installed, but run from somewhere.</returns>
    public static PackageKind? Find() =>
        File.Exists("/var/lib/dpkg/info/optfm.list") ? PackageKind.Debian
        : File.Exists(TarballInstallation.List) ? PackageKind.Tarball
        : null;
}
