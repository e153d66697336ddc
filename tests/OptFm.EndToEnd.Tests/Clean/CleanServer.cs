using System.Diagnostics;
using System.Text;
using OptFm.EndToEnd.Tests.Deploy;
using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Clean;

/// <summary>
/// A bare Debian booted in namespaces of its own, with the internet it lives in around it: fake MAX, a certificate authority, names (world.sh).
/// Nothing in it can be downloaded. Tests that use it wait for each other: each fills the machine.
/// </summary>
[CollectionDefinition(nameof(CleanServer))]
public static class CleanServer
{
    private const int CannotBoot = 77;

    /// <summary>Where <c>./dev test</c> leaves the packages that are installed.</summary>
    public static string Packages { get; } = Checkout.PathOf("obj/clean");

    /// <summary>Runs a script inside, as root, with other files beside it in /story. Skips the test where no such server can be.</summary>
    /// <returns>Its exit code and what it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string story, IReadOnlyDictionary<string, string> files)
    {
        CheckTools();
        var root = await RootAsync();
        var folder = Directory.CreateTempSubdirectory("optfm-story-");
        try
        {
            File.Copy(PathOf("telling.sh"), Path.Combine(folder.FullName, "telling.sh"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "story"), story, TestContext.Current.CancellationToken);
            foreach (var (name, text) in files) await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text, TestContext.Current.CancellationToken);
            var told = await TellAsync(root, folder.FullName);
            Assert.SkipWhen(told.ExitCode == CannotBoot, $"no server can be booted here: {told.Output}");
            return told;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static string PathOf(string file) => Checkout.PathOf($"tests/OptFm.EndToEnd.Tests/Clean/{file}");

    private static void CheckTools()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can boot a server");
        Assert.SkipUnless(File.Exists(Path.Combine(Packages, "SHA256SUMS")), "there are no packages: ./dev test makes them");
        string[] tools = ["mmdebstrap:mmdebstrap", "systemd-nspawn:systemd-container", "pebble:pebble", "nginx:nginx", "ip:iproute2", "openssl:openssl", "curl:curl"];
        foreach (var tool in tools.Select(tool => tool.Split(':'))) Tool.Find(tool[0], tool[1]);
    }

    private static async Task<string> RootAsync()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given ? given : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var (exitCode, output) = await Tool.RunAsync(PathOf("root.sh"), Path.Combine(cache, "optfm"));
        Assert.SkipUnless(exitCode == 0, $"no bare root can be made here: {output}");
        return output.Trim();
    }

    /// <summary>The world ends with its input: with this process, however it ends, and with the test.</summary>
    private static async Task<(int ExitCode, string Output)> TellAsync(string root, string folder)
    {
        var start = new ProcessStartInfo(PathOf("world.sh"), [root, Packages, folder]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = new StringBuilder(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output.Append(await errors).ToString());
        }
        finally
        {
            process.StandardInput.Close();
        }
    }
}
