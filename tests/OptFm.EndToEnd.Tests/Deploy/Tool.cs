using System.Diagnostics;
using System.Text;

namespace OptFm.EndToEnd.Tests.Deploy;

/// <summary>A program of the system that the files in deploy/ are made for.</summary>
internal static class Tool
{
    /// <summary>Its path. Skips the test, saying why, where it is not installed; <c>./dev test</c> installs it.</summary>
    public static string Find(string name, string package)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var path = folders.Concat(["/usr/sbin", "/sbin"]).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{name} is not installed: apt-get install {package}");
        return path!;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code and both its streams.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["OPTFM_PACK_LEVEL"] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = new StringBuilder(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.Append(await errors).ToString());
    }

    /// <summary>Runs it to its end, which must be a success.</summary>
    public static async Task<string> MustRunAsync(string file, params string[] arguments)
    {
        var (exitCode, output) = await RunAsync(file, arguments);
        exitCode.ShouldBe(0, $"{file} {string.Join(' ', arguments)}\n{output}");
        return output;
    }
}
