namespace OptFm.Bench.Chaos.Faults;

/// <summary>SIGTERM to one node after the other, each only once the one before is back: an upgrade.</summary>
internal sealed class RestartNode : IChaosFault
{
    public const string Name = "rolling_restart";

    public string Kind => Name;

    public int Weight => 4;

    public bool Fits(World world) => true;

    public async Task<bool> StrikeAsync(World world, Random random, CancellationToken stop)
    {
        var any = false;
        foreach (var node in world.Nodes)
        {
            if (!node.TryTake()) continue;

            any = true;
            var begun = world.Events.Begin(Kind, node.Name);
            try
            {
                var code = await node.TerminateAsync(World.Seconds(random, 0.1, 1));
                if (code != 0) world.Events.Add("unclean_stop", $"{node.Name}, exit code {code}");
                await world.PauseAsync(TimeSpan.FromSeconds(1), stop);
                await node.UntilLiveAsync(stop);
            }
            finally
            {
                world.Events.End(begun);
                node.GiveBack();
            }
        }

        return any;
    }
}
