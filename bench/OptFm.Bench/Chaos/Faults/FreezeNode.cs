namespace OptFm.Bench.Chaos.Faults;

/// <summary>SIGSTOP of a node, mostly for longer than its lease, then SIGCONT: what it had in its hands belongs to others by then.</summary>
internal sealed class FreezeNode : IChaosFault
{
    public const string Name = "freeze_node";

    public string Kind => Name;

    public int Weight => 8;

    public bool Fits(World world) => true;

    public async Task<bool> StrikeAsync(World world, Random random, CancellationToken stop)
    {
        if (await world.TakeNodeAsync(random, stop) is not { } node) return false;

        var length = Length(world, random);
        var begun = world.Events.Begin(Kind, node.Name);
        try
        {
            await node.SignalAsync("STOP");
            await world.PauseAsync(length, stop);
        }
        finally
        {
            await node.SignalAsync("CONT");
            world.Events.End(begun);
            node.GiveBack();
        }

        await node.UntilLiveAsync(stop);
        return true;
    }

    /// <summary>Once in a while longer than any lease. A node alone only stands still meanwhile, so it does so more briefly.</summary>
    private static TimeSpan Length(World world, Random random) => random.Next(8) switch
    {
        0 => World.Seconds(random, 62, 75),
        1 => World.Seconds(random, 1, 4),
        _ when world.Nodes.Count == 1 => World.Seconds(random, 5, 10),
        _ => World.Seconds(random, 12, 25),
    };
}
