namespace OptFm.Bench.Chaos.Faults;

/// <summary>kill -9 of a node, which systemd starts again.</summary>
internal sealed class KillNode : IChaosFault
{
    public const string Name = "kill_node";

    public string Kind => Name;

    public int Weight => 16;

    public bool Fits(World world) => true;

    public async Task<bool> StrikeAsync(World world, Random random, CancellationToken stop)
    {
        if (await world.TakeNodeAsync(random, stop) is not { } node) return false;

        var begun = world.Events.Begin(Kind, node.Name);
        try
        {
            var pause = World.Seconds(random, 0.2, 3);
            node.Kill(pause);
            await world.PauseAsync(pause, stop);
            await node.UntilLiveAsync(stop);
            return true;
        }
        finally
        {
            world.Events.End(begun);
            node.GiveBack();
        }
    }
}
