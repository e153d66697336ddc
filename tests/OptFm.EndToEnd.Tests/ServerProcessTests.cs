namespace OptFm.EndToEnd.Tests;

public sealed class ServerProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Lines_printed_before_and_after_the_question_are_found()
    {
        await using var process = Shell("echo first; echo second >&2; sleep 1000");

        (await Line(process, "second")).ShouldBe("second");
        (await Line(process, "first")).ShouldBe("first");
    }

    [Fact]
    public async Task A_process_that_ends_early_tells_what_it_printed()
    {
        await using var process = Shell("echo 'MAX_WEBHOOK_URL is required' >&2; exit 2");

        var error = await Should.ThrowAsync<InvalidOperationException>(() => Line(process, "Listening"));

        error.Message.ShouldContain("exit code 2");
        error.Message.ShouldContain("MAX_WEBHOOK_URL is required");
    }

    [Fact]
    public async Task A_silent_process_is_not_waited_for_longer_than_patience()
    {
        await using var process = Shell("echo busy; exec sleep 1000");
        await Line(process, "busy");

        var error = await Should.ThrowAsync<InvalidOperationException>(
            () => process.WaitForLineAsync(line => line == "ready", TimeSpan.FromMilliseconds(1), CancellationToken.None));

        error.Message.ShouldContain("busy");
    }

    [Fact]
    public async Task Signals_arrive()
    {
        await using var process = Shell("trap 'echo reopened' HUP; trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done");
        await Line(process, "up");

        await process.SignalAsync("HUP");
        await Line(process, "reopened");
        await process.SignalAsync("TERM");
        await process.Process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.Process.ExitCode.ShouldBe(7);
    }

    [Fact]
    public async Task Disposing_leaves_no_process_behind()
    {
        var process = Shell("echo $$; exec sleep 1000");
        var id = await process.WaitForLineAsync(_ => true, Patience, TestContext.Current.CancellationToken);

        await process.DisposeAsync();

        Directory.Exists($"/proc/{id}").ShouldBeFalse();
    }

    private static ServerProcess Shell(string script) =>
        ServerProcess.Start("/bin/sh", ["-c", script], Path.GetTempPath(), new Dictionary<string, string?>());

    private static Task<string> Line(ServerProcess process, string text) =>
        process.WaitForLineAsync(line => line == text, Patience, TestContext.Current.CancellationToken);
}
