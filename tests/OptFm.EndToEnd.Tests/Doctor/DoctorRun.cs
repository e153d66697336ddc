using System.Diagnostics;
using System.Text.Json;
using OptFm.Server.Settings;

namespace OptFm.EndToEnd.Tests.Doctor;

/// <summary>What the real <c>optfm doctor</c> printed for people, and its exit code.</summary>
internal sealed record DoctorRun(int ExitCode, string Output)
{
    /// <summary>Runs it with these settings and none of the tests' own.</summary>
    /// <param name="folder">Working folder; a relative DATA_DIR and <c>.env</c> are in it.</param>
    /// <param name="inside">A command line that runs the program, as <c>unshare</c> does; the program's path and arguments follow it.</param>
    public static Task<DoctorRun> StartAsync(string folder, IReadOnlyDictionary<string, string> settings, params string[] inside) =>
        StartAsync(folder, settings, ["doctor"], inside);

    public static async Task<JsonElement> JsonAsync(string folder, IReadOnlyDictionary<string, string> settings)
    {
        var run = await StartAsync(folder, settings, ["doctor", "--json"], []);
        return JsonSerializer.Deserialize<JsonElement>(run.Output);
    }

    /// <summary>The one line that tells of this id; its sign says how bad it is.</summary>
    public string Line(string id) =>
        Output.Split('\n').Where(line => line.EndsWith($"[{id}]", StringComparison.Ordinal)).ShouldHaveSingleItem(Output).Trim();

    public void ShouldDiagnose(string id, params string[] words)
    {
        var line = Line(id);
        line.ShouldStartWith("✗ ", customMessage: Output);
        foreach (var word in words) line.ShouldContain(word);
        ExitCode.ShouldBe(2);
    }

    private static async Task<DoctorRun> StartAsync(string folder, IReadOnlyDictionary<string, string> settings, string[] arguments, string[] inside)
    {
        string[] line = [.. inside, ServerBinary.Path, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..]) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var setting in ServerSettings.All) start.Environment.Remove(setting.Name);
        start.Environment["OPTFM_LANG"] = "en";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        (await errors).ShouldBeEmpty(output);
        return new(process.ExitCode, output);
    }
}
