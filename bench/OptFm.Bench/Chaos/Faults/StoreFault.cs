using OptFm.Bench.Chaos.Stores;

namespace OptFm.Bench.Chaos.Faults;

/// <summary>What befalls the database: one thing at a time.</summary>
internal abstract class StoreFault : IChaosFault
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public abstract string Kind { get; }

    public abstract int Weight { get; }

    public abstract bool Fits(World world);

    public async Task<bool> StrikeAsync(World world, Random random, CancellationToken stop)
    {
        if (!await world.Store.Busy.WaitAsync(Patience, stop)) return false;

        try
        {
            return await BefallAsync(world, random, stop);
        }
        finally
        {
            world.Store.Busy.Release();
        }
    }

    protected abstract Task<bool> BefallAsync(World world, Random random, CancellationToken stop);

    protected static PostgresStore Postgres(World world) => (PostgresStore)world.Store;
}
