using OptFm.EndToEnd.Tests.Clean;

namespace OptFm.EndToEnd.Tests.Deploy;

/// <summary>Proves: Debian's own checker finds nothing in the package that deploy/package/debian/lintian-overrides does not explain.</summary>
public sealed class LintianTests
{
    [Fact]
    public async Task Nothing_is_left_unexplained()
    {
        var lintian = Tool.Find("lintian", "lintian");
        var package = Directory.Exists(CleanServer.Packages) ? Directory.GetFiles(CleanServer.Packages, "optfm_1.0.0_*.deb").FirstOrDefault() : null;
        Assert.SkipWhen(package is null, "there are no packages: ./dev test makes them");

        // Other releases of Debian know other tags; errors and warnings are what its archive would look at.
        (await Tool.MustRunAsync(lintian, "--allow-root", "--fail-on", "error,warning", package!)).ShouldNotContain("W: ");
    }
}
