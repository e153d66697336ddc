using System.CommandLine;
using OptFm.Server.Doctor;
using OptFm.Server.Settings;

namespace OptFm.Server.Cli;

/// <summary><c>optfm doctor</c>: everything an administrator could have wrong, why it matters, and the command that mends it.</summary>
public static class DoctorCommand
{
    private const int Narrow = 100;

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON; its ids are in docs/doctor.md" };
        var command = new Command("doctor", "Check the whole installation. Exit code: 0 all well, 1 warnings, 2 failures.") { json };
        command.SetAction((result, stop) => RunAsync(result.GetValue(json), result.InvocationConfiguration.Output, stop));
        return command;
    }

    private static async Task<int> RunAsync(bool json, TextWriter output, CancellationToken stop)
    {
        var loaded = LoadedSettings.Load();
        var findings = await new Examination(CheckList.Stages).RunAsync(new DoctorContext(loaded, TimeProvider.System), stop);
        if (json) await output.WriteLineAsync(DoctorJson.Of(findings, loaded.Language, TimeProvider.System.GetUtcNow()));
        else new DoctorPrint(output, loaded.Language, Colours(), Narrow).Write(findings);
        return Verdict.ExitCode(findings);
    }

    /// <summary>On a terminal only, and not where somebody asked for none: https://no-color.org/</summary>
    private static bool Colours() =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb";
}
