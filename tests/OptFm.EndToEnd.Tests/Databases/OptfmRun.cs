using System.Diagnostics;
using System.Text;
using OptFm.Server.Settings;

namespace OptFm.EndToEnd.Tests.Databases;

/// <summary>What a command of the real executable printed, and its exit code.</summary>
internal sealed record OptfmRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs it to its end with these settings and none of the tests' own.</summary>
    public static async Task<OptfmRun> RunAsync(string folder, IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        using var process = Start(folder, settings, arguments);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, output, await errors);
    }

    /// <summary>The caller ends it.</summary>
    public static Process Start(string folder, IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo(ServerBinary.Path, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var setting in ServerSettings.All) start.Environment.Remove(setting.Name);
        start.Environment["OPTFM_LANG"] = "en";
        start.Environment["PORT"] = "0";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
