using OptFm.Bench.Pipeline;

namespace OptFm.Bench.Scale;

/// <summary>One load on one installation, for each message where it says nothing else.</summary>
internal sealed record Measurement
{
    public required double RepliesPerSecond { get; init; }

    public required double AckP50Ms { get; init; }

    public required double AckP99Ms { get; init; }

    public required double NodesCpuMs { get; init; }

    public required double DatabaseCpuMs { get; init; }

    public required double Statements { get; init; }

    public required double RoundTrips { get; init; }

    public required double Commits { get; init; }

    /// <summary>Acknowledged and never answered, in all.</summary>
    public required int Lost { get; init; }

    /// <summary>Answered twice, in all.</summary>
    public required int Duplicated { get; init; }

    /// <summary>Answered after a later update of the same chat, in all.</summary>
    public required int Reordered { get; init; }

    public double CpuMs => NodesCpuMs + DatabaseCpuMs;

    public static async Task<Measurement> OfAsync(Workbench bench, Installation installation, Ledger ledger, int updates, CancellationToken stop)
    {
        var before = await installation.UsageAsync(stop);
        var done = await bench.Load.RunAsync(installation.Addresses, ledger, updates, stop);
        var used = (await installation.UsageAsync(stop)).Since(before);
        if (done.Delivery.Acknowledged == 0) throw new BenchException("no update was acknowledged");

        if (ledger.Lost > 0) await bench.Progress.WriteLineAsync($"{ledger.Lost} updates were not answered in {bench.Options.Longest}. The nodes printed:\n{installation.Output()}");
        return new()
        {
            RepliesPerSecond = done.RepliesPerSecond,
            AckP50Ms = done.Delivery.Percentile(50).TotalMilliseconds,
            AckP99Ms = done.Delivery.Percentile(99).TotalMilliseconds,
            NodesCpuMs = used.NodesCpu.TotalMilliseconds / updates,
            DatabaseCpuMs = used.DatabaseCpu.TotalMilliseconds / updates,
            Statements = used.Statements / updates,
            RoundTrips = used.RoundTrips / updates,
            Commits = used.Commits / updates,
            Lost = ledger.Lost,
            Duplicated = ledger.Duplicated,
            Reordered = ledger.Reordered,
        };
    }
}
