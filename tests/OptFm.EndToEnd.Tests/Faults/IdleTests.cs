namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>Proves: a server that has nothing to do does nothing, whatever limits its channels have.</summary>
public sealed class IdleTests(ITestOutputHelper output)
{
    [Fact]
    public async Task An_idle_server_leaves_the_processor_alone()
    {
        await using var server = await RealServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MAX_API_KEY"] = "key",
            ["MAX_BASE_URL"] = "http://127.0.0.1:9/api",
            ["MAX_WEBHOOK_URL"] = "https://shop.example/webhook/max/",
            ["MAX_WEBHOOK_SECRET"] = "a-secret-of-ours",
        });

        // The least of several spells: what is still compiled after the start is not what this is about.
        var least = double.MaxValue;
        for (var spell = 0; spell < 5; spell++) least = Math.Min(least, await ProcessorShareAsync(server));

        output.WriteLine($"{least:P1} of a processor");
        least.ShouldBeLessThan(0.1);
    }

    private static async Task<double> ProcessorShareAsync(RealServer server)
    {
        var (clock, before) = (TimeProvider.System.GetTimestamp(), Used(server));
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        await second.WaitForNextTickAsync();
        return (Used(server) - before) / TimeProvider.System.GetElapsedTime(clock);
    }

    private static TimeSpan Used(RealServer server)
    {
        server.Process.Refresh();
        return server.Process.TotalProcessorTime;
    }
}
