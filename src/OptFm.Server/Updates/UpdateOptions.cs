namespace OptFm.Server.Updates;

/// <summary>What the administrator asks for.</summary>
/// <param name="File">Full path of the package.</param>
/// <param name="Sha256">Its checksum, by hand; null where a list is to tell it.</param>
/// <param name="Unchecked">Whether it is installed though nobody knows where it comes from.</param>
/// <param name="Wait">How long the new version may take to become healthy.</param>
/// <param name="Settle">How long it must then stay so.</param>
internal sealed record UpdateOptions(string File, string? Sha256, bool Unchecked, TimeSpan Wait, TimeSpan Settle)
{
    /// <exception cref="UpdateException">The file's name is no package's.</exception>
    public PackageKind Kind => Path.GetFileName(File) switch
    {
        var name when name.EndsWith(".deb", StringComparison.OrdinalIgnoreCase) => PackageKind.Debian,
        var name when name.EndsWith(".tar.xz", StringComparison.OrdinalIgnoreCase) => PackageKind.Tarball,
        _ => throw new UpdateException(
            $"{File} is neither a .deb nor a .tar.xz: those are what OptFM is released as.",
            $"{File} — не .deb и не .tar.xz, а OptFM выпускается только так."),
    };
}
