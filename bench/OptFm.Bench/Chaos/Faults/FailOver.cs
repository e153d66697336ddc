using OptFm.Bench.Chaos.Stores;

namespace OptFm.Bench.Chaos.Faults;

/// <summary>The primary killed with all its processes and the synchronous standby promoted; then a new standby is made.</summary>
internal sealed class FailOver : StoreFault
{
    public const string Name = "failover";

    /// <summary>The moment at which the new primary takes writes.</summary>
    public const string Promoted = "promoted";

    public override string Kind => Name;

    public override int Weight => 9;

    public override bool Fits(World world) => world.Store is PostgresStore;

    protected override async Task<bool> BefallAsync(World world, Random random, CancellationToken stop)
    {
        var pair = Postgres(world).Pair;
        if (!pair.Synchronous) return false;

        var begun = world.Events.Begin(Kind, "postgres");
        try
        {
            await pair.FailOverAsync();
            world.Events.Add(Promoted, "postgres");
        }
        finally
        {
            world.Events.End(begun);
        }

        await pair.BuildStandbyAsync();
        return true;
    }
}
