namespace OptFm.Server.Updates;

/// <summary>By what the program is installed.</summary>
public enum PackageKind
{
    Debian,
    Tarball,
}

/// <summary>What a package says of itself.</summary>
/// <param name="Architecture">As Debian names it, such as <c>amd64</c>.</param>
/// <param name="Tree">The folder where its files were unpacked to be looked at.</param>
internal sealed record NewPackage(string Version, string Architecture, string Tree)
{
    public string Program => $"{Tree}/usr/lib/optfm/optfm";
}
