using System.Diagnostics;
using OptFm.Sandbox;
using OptFm.Sandbox.Faults;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>
/// Proves: SIGTERM in the middle of the work ends the server within the ten seconds that systemd is told to allow, with exit code 0, even
/// while the messenger takes seconds to answer. What was acknowledged is answered after the next start, and nothing comes twice.
/// </summary>
public sealed class GracefulStopTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_stop_loses_nothing_and_repeats_nothing()
    {
        var seed = Seeds.Next(output);
        await using var sandbox = await SandboxServer.StartAsync(FaultSettings.Sandbox(seed));
        await using var server = await MortalServer.StartAsync(FaultSettings.Compat(sandbox));
        var ledger = new Ledger();
        using var teacher = new Crowd(server, ledger, [], seed);
        var prompts = await Prompts.LearnAsync(sandbox.Log, (chat, question) => teacher.DeliverAsync(chat, 1, question));
        sandbox.Log.Sent.OnAdded = ledger.Receive;
        // Longer than System.CommandLine's own patience of two seconds, shorter than the server's grace.
        sandbox.Compat.Faults.Chance(0.05, new Fault(FaultKind.Slow) { Method = "sendMessage", Delay = TimeSpan.FromSeconds(3) });

        using var crowd = new Crowd(server, ledger, prompts, seed);
        using var enough = new CancellationTokenSource();
        var writing = crowd.RunAsync(8, enough.Token);
        for (var stop = 0; stop < 3; stop++)
        {
            await ledger.After(150);
            await StopAsync(server);
            ledger.NextLife();
            await server.StartAsync();
        }

        await enough.CancelAsync();
        await writing;
        await ledger.AllAnsweredAsync(TimeSpan.FromSeconds(60));
        await StopAsync(server);

        var account = ledger.Settle();
        output.WriteLine($"{account}; {crowd.Repeated} deliveries repeated");
        account.Unasked.ShouldBeEmpty();
        account.Lost.ShouldBe(0);
        account.ChatsOutOfOrder.ShouldBeEmpty();
        account.DuplicateCount.ShouldBe(0);
        using var stored = Stored.Of(server.Server);
        stored.UnknownSends().ShouldBeEmpty();
    }

    private async Task StopAsync(MortalServer server)
    {
        var clock = Stopwatch.StartNew();
        var code = await server.StopAsync();
        output.WriteLine($"stopped in {clock.Elapsed.TotalSeconds:0.0} s");
        code.ShouldBe(0, string.Join('\n', server.Server.Lines.TakeLast(20)));
        clock.Elapsed.ShouldBeLessThan(Allowed);
    }
}
