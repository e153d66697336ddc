namespace OptFm.Bench.Chaos.Faults;

/// <summary>The database's file system full to the last byte for some seconds.</summary>
internal sealed class FillDisk : StoreFault
{
    public override string Kind => "full_disk";

    public override int Weight => 5;

    public override bool Fits(World world) => world.Store.HasSmallDisk;

    protected override async Task<bool> BefallAsync(World world, Random random, CancellationToken stop)
    {
        var begun = world.Events.Begin(Kind, world.Store.Name);
        try
        {
            await world.Store.FillDiskAsync();
            await world.PauseAsync(World.Seconds(random, 1, 6), stop);
            return true;
        }
        finally
        {
            await world.Store.FreeDiskAsync();
            world.Events.End(begun);
        }
    }
}
