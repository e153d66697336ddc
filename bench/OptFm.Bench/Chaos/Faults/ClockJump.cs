namespace OptFm.Bench.Chaos.Faults;

/// <summary>The messengers' clock jumps by up to hours, forwards or backwards, and stays there.</summary>
internal sealed class ClockJump : IChaosFault
{
    public string Kind => "clock_jump";

    public int Weight => 4;

    public bool Fits(World world) => true;

    public Task<bool> StrikeAsync(World world, Random random, CancellationToken stop)
    {
        var offset = random.Next(4) == 0 ? TimeSpan.Zero : World.Seconds(random, -7_200, 7_200);
        world.MessengersClock.Offset = offset;
        world.Events.Add(Kind, $"{offset.TotalSeconds:0} s");
        return Task.FromResult(true);
    }
}
