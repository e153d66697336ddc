using System.Diagnostics;
using System.Globalization;
using OptFm.EndToEnd.Tests.Repository;
using OptFm.Postgres;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>
/// Proves for a minute and a little of each database what <c>./dev chaos</c> proves for half an hour: nothing acknowledged is lost, reordered, doubled
/// without a reason or sent too fast, whatever befalls nodes, database and messengers. A failure shows the seed and the story of what went wrong.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const string Minutes = "1.2";

    /// <summary>A multiple of three: both messengers deliver. With other remainders one of them is polled.</summary>
    private const int WebhooksOnly = 42;

    private const int TelegramPolled = 43;

    [Fact]
    public Task One_node_on_SQLite_survives_a_minute_of_chaos() => SurviveAsync("sqlite", TelegramPolled);

    [Fact]
    public async Task Three_nodes_on_PostgreSQL_survive_a_minute_of_chaos()
    {
        Assert.SkipWhen(PrivatePostgres.Binaries() is null, PrivatePostgres.Absent);
        await SurviveAsync("postgres", WebhooksOnly);
    }

    private async Task SurviveAsync(string store, int seed)
    {
        var arguments = new[] { "chaos", "--server", ServerBinary.Path, "--store", store, "--seed", seed.ToString(CultureInfo.InvariantCulture), "--minutes", Minutes, "--every", "3", "--drain", "4" };
        using var chaos = Process.Start(new ProcessStartInfo(Binary(), arguments)
        {
            WorkingDirectory = Checkout.PathOf("."),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var progress = chaos.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var report = await chaos.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await chaos.WaitForExitAsync(TestContext.Current.CancellationToken);
        output.WriteLine(await progress);
        output.WriteLine(report);
        chaos.ExitCode.ShouldBe(0, report);
    }

    /// <summary>Built with the tests.</summary>
    private static string Binary()
    {
#if DEBUG
        return Checkout.PathOf("bench/OptFm.Bench/bin/Debug/net10.0/optfm-bench");
#else
        return Checkout.PathOf("bench/OptFm.Bench/bin/Release/net10.0/optfm-bench");
#endif
    }
}
