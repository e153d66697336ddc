using System.Globalization;
using System.Net;
using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Deploy;

/// <summary>Proves: real logrotate, again and again while requests pour in, loses not one line.</summary>
public sealed class LogrotateTests
{
    private const int Requests = 2000;

    [Fact]
    public async Task Rotating_under_load_loses_no_line()
    {
        var logrotate = Tool.Find("logrotate", "logrotate");
        await using var server = await RealServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["API_LOG_FILE"] = "logs/api.log" }, TestContext.Current.CancellationToken);
        var rules = await RulesAsync(server);
        var asking = AskAsync(server);
        var turns = 0;
        while (!asking.IsCompleted || turns < 3)
        {
            await Tool.MustRunAsync(logrotate, "--force", "--state", Path.Combine(server.Folder, "state"), rules);
            turns++;
            // logrotate itself is called once a day; here the next turn may not come before the server has opened the new file.
            await UntilAsync(() => File.Exists(Path.Combine(server.Folder, "logs/api.log")));
        }

        await asking;
        (await server.StopAsync()).ShouldBe(0);

        var numbers = await NumbersAsync(Path.Combine(server.Folder, "logs"));
        numbers.Count.ShouldBe(Requests, $"after {turns} turns");
        numbers.Distinct().Count().ShouldBe(Requests);
        Directory.GetFiles(Path.Combine(server.Folder, "logs"), "*.gz").ShouldNotBeEmpty();
    }

    /// <summary>The shipped file, with the folder, the owner and the process of the test.</summary>
    private static async Task<string> RulesAsync(RealServer server)
    {
        var rules = (await File.ReadAllTextAsync(Checkout.PathOf("deploy/logrotate/optfm"), TestContext.Current.CancellationToken))
            .Replace("/var/log/optfm/", server.Folder + "/logs/")
            .Replace("    su optfm optfm\n", "")
            .Replace("rotate 30", "rotate 1000")
            .Replace("systemctl kill --kill-who=main --signal=HUP optfm.service", string.Create(CultureInfo.InvariantCulture, $"kill -HUP {server.Process.Id}"));
        rules.ShouldContain("kill -HUP");
        var file = Path.Combine(server.Folder, "rules");
        await File.WriteAllTextAsync(file, rules, TestContext.Current.CancellationToken);
        // logrotate refuses rules that others could change, and a folder that others may write to.
        await Tool.MustRunAsync("/bin/chmod", "600", file);
        return file;
    }

    private static Task AskAsync(RealServer server) => Parallel.ForEachAsync(
        Enumerable.Range(1, Requests),
        new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
        async (number, stop) =>
        {
            using var answer = await server.Client.GetAsync(new Uri($"/nothing/n{number}n", UriKind.Relative), stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        });

    private static async Task<List<int>> NumbersAsync(string folder)
    {
        var numbers = new List<int>();
        foreach (var file in Directory.GetFiles(folder))
        {
            var text = file.EndsWith(".gz", StringComparison.Ordinal)
                ? await Tool.MustRunAsync("/bin/zcat", file)
                : await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            numbers.AddRange(text.Split('\n').Where(line => line.Contains("/nothing/n", StringComparison.Ordinal)).Select(line => int.Parse(line.Split("/nothing/n")[1].Split('n')[0], CultureInfo.InvariantCulture)));
        }

        return numbers;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
