using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests;

/// <summary>Finds the executable under test: what <c>./dev build</c> left, or a fresher build of the project.</summary>
internal static class ServerBinary
{
    private static readonly Lazy<string> Found = new(Find);

    /// <exception cref="InvalidOperationException">Nothing was built.</exception>
    public static string Path => Found.Value;

    private static string Find()
    {
        var published = Checkout.PathOf("out/optfm");
        // A test started from an editor must not judge yesterday's server: out/ counts only while no source is newer.
        if (File.Exists(published) && !SourceIsNewerThan(File.GetLastWriteTimeUtc(Checkout.PathOf("out/.built")))) return published;

        var built = Checkout.PathOf("src/OptFm.Server/bin/Debug/net10.0/optfm");
        if (File.Exists(built)) return built;
        throw new InvalidOperationException("There is no server to test: run ./dev build");
    }

    private static bool SourceIsNewerThan(DateTime time) =>
        Checkout.Files(Checkout.PathOf("src"), "*").Any(file => File.GetLastWriteTimeUtc(file) > time);
}
