using System.Globalization;
using System.Text.RegularExpressions;
using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Deploy;

/// <summary>Proves: systemd understands the units, and finds little to blame them for.</summary>
public sealed partial class UnitTests
{
    [Fact]
    public async Task Systemd_has_nothing_to_say_against_the_units()
    {
        var analyze = Tool.Find("systemd-analyze", "systemd");
        var folder = Directory.CreateTempSubdirectory("optfm-units-");
        try
        {
            foreach (var unit in Units())
            {
                // The program need not be installed where the tests run.
                var text = await File.ReadAllTextAsync(unit, TestContext.Current.CancellationToken);
                await File.WriteAllTextAsync(
                    Path.Combine(folder.FullName, Path.GetFileName(unit)), text.Replace("/usr/lib/optfm/optfm", "/bin/true"), TestContext.Current.CancellationToken);
            }

            var copies = Directory.GetFiles(folder.FullName);
            copies.Length.ShouldBe(6);
            (await Tool.MustRunAsync(analyze, ["verify", "--man=no", .. copies])).ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("optfm.service")]
    [InlineData("optfm-health.service")]
    [InlineData("optfm-backup.service")]
    public async Task Little_is_exposed(string unit)
    {
        var analyze = Tool.Find("systemd-analyze", "systemd");
        var (_, help) = await Tool.RunAsync(analyze, "--help");
        Assert.SkipUnless(help.Contains("--offline", StringComparison.Ordinal), "this systemd-analyze is older than 250 and needs a running systemd");

        var output = await Tool.MustRunAsync(analyze, "security", "--no-pager", "--offline=true", Checkout.PathOf($"deploy/systemd/{unit}"));

        var level = ExposureLine().Match(output).Groups["level"].Value;
        double.Parse(level, CultureInfo.InvariantCulture).ShouldBeLessThanOrEqualTo(1.5, output);
    }

    private static IEnumerable<string> Units() =>
        Directory.EnumerateFiles(Checkout.PathOf("deploy/systemd")).Where(file => !file.EndsWith(".conf", StringComparison.Ordinal));

    [GeneratedRegex(@"Overall exposure level for \S+: (?<level>[\d.]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ExposureLine();
}
