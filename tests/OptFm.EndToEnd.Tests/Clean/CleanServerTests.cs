using System.Globalization;
using System.Text.RegularExpressions;

namespace OptFm.EndToEnd.Tests.Clean;

/// <summary>
/// Proves: on a server that nobody has touched, the package and the commands of an administrator's life do what they say, from the first
/// installation to the last file removed.
/// </summary>
[Collection(nameof(CleanServer))]
public sealed partial class CleanServerTests
{
    private const int LargestPackage = 60;
    private const int LargestResident = 120;

    [Fact]
    public async Task A_servers_whole_life()
    {
        var story = await File.ReadAllTextAsync(CleanServer.PathOf("story.sh"), TestContext.Current.CancellationToken);

        var (exitCode, output) = await CleanServer.RunAsync(story, new Dictionary<string, string>(StringComparer.Ordinal));

        exitCode.ShouldBe(0, output);
        output.ShouldContain("all is well");
        Show(output);
        Figure(output, "package").ShouldBeLessThanOrEqualTo(LargestPackage);
        Figure(output, "resident").ShouldBeLessThanOrEqualTo(LargestResident);
    }

    /// <summary>For whoever runs the tests: figures of this machine, at its present load.</summary>
    private static void Show(string output)
    {
        foreach (var line in output.Split('\n').Where(static line => MeasuredLine().IsMatch(line))) Console.WriteLine($"  On a clean server: {line["measured: ".Length..]}");
    }

    private static double Figure(string output, string name)
    {
        var line = output.Split('\n').Select(static line => MeasuredLine().Match(line)).Single(match => match.Groups["name"].Value.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^measured: (?<name>.+) = (?<value>[\d.]+) ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MeasuredLine();
}
