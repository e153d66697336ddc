using System.Diagnostics;

namespace OptFm.EndToEnd.Tests.Repository;

public sealed class DevScriptTests
{
    [Fact]
    public async Task Alone_it_lists_its_commands()
    {
        var (exitCode, output, _) = await RunAsync();

        exitCode.ShouldBe(0);
        output.Split('\n').ShouldBe("""
            Usage: ./dev COMMAND [arguments]

            run [args]            build and start the server: SQLite in ./var, the demo FAQ, no tokens needed; settings come from the environment and .env
            build                 leave a runnable server in out/ (out/optfm)
            test [words|-flags]   build, install what the tests need, run all tests; words choose tests by name, flags and what follows go to xUnit
            check                 analyzers, formatting, shell scripts, links, sizes of files
            package [amd64|arm64] make the Debian package and the tarball in out/package/ (this machine's architecture unless told)
            vm-test               a server's whole life, as in the tests, in a virtual machine with Debian's own kernel and 512 MB; prints what took how long
            bench pipeline|scale|search|micro [args]
                                  measure out/optfm under load, alone or as several nodes (scale), or answering questions and searches; prints JSON (micro: a table)
            chaos [args]          put out/optfm through kills, failovers, full disks and misbehaving messengers under load; prints JSON; fails if anything is lost
            soak [args]           load out/optfm evenly for ten minutes; prints JSON; fails if memory, file handles, threads or connections grow
            eval [args]           measure the answers on labelled questions in ../shared/eval
            train                 fit the weights of answering to data/ again: the FAQ's topics, ranking and confidence; minutes

            """.Split('\n'));
    }

    [Fact]
    public async Task An_unknown_command_is_an_error_that_shows_the_known_ones()
    {
        var (exitCode, output, errors) = await RunAsync("deploy");

        exitCode.ShouldBe(2);
        output.ShouldBeEmpty();
        errors.ShouldStartWith("There is no command 'deploy'.\nUsage: ./dev COMMAND");
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Checkout.PathOf("dev"), arguments)
        {
            WorkingDirectory = Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await errors);
    }
}
