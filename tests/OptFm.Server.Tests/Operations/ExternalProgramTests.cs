using OptFm.Server.Operations;

namespace OptFm.Server.Tests.Operations;

/// <summary>Proves: a program of the system is run without a shell, bounded in time, and its absence is an answer, not an exception.</summary>
public sealed class ExternalProgramTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_streams_and_the_exit_code_come_back()
    {
        var ran = await ExternalProgram.RunAsync("sh", ["-c", "echo out; echo err >&2; echo $OWN; exit 3"], TimeSpan.FromMinutes(1), Stop,
            new Dictionary<string, string> { ["OWN"] = "own" });

        ran.ExitCode.ShouldBe(3);
        ran.Succeeded.ShouldBeFalse();
        ran.Output.Split(Environment.NewLine).ShouldBe(["out", "own", "err"], ignoreOrder: true);
    }

    [Fact]
    public async Task Arguments_are_no_shells_words() =>
        (await ExternalProgram.RunAsync("echo", ["$HOME; `id`"], TimeSpan.FromMinutes(1), Stop)).Output.ShouldBe("$HOME; `id`");

    [Fact]
    public async Task An_absent_program_is_told() =>
        (await ExternalProgram.RunAsync("no-such-program-here", [], TimeSpan.FromMinutes(1), Stop)).ShouldBe(ProgramOutcome.Absent);

    [Fact]
    public async Task A_hanging_program_is_killed()
    {
        var ran = await ExternalProgram.RunAsync("sleep", ["600"], TimeSpan.FromMilliseconds(50), Stop);

        ran.TimedOut.ShouldBeTrue();
        ran.Succeeded.ShouldBeFalse();
    }
}
