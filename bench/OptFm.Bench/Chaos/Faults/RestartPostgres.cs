using OptFm.Bench.Chaos.Stores;

namespace OptFm.Bench.Chaos.Faults;

/// <summary>PostgreSQL stopped as by a power cut, and started again.</summary>
internal sealed class RestartPostgres : StoreFault
{
    public override string Kind => "restart_postgres";

    public override int Weight => 6;

    public override bool Fits(World world) => world.Store is PostgresStore;

    protected override async Task<bool> BefallAsync(World world, Random random, CancellationToken stop)
    {
        var begun = world.Events.Begin(Kind, "postgres");
        try
        {
            await Postgres(world).Pair.StopAtOnceAsync();
            await world.PauseAsync(World.Seconds(random, 0, 4), stop);
            return true;
        }
        finally
        {
            await Postgres(world).Pair.StartAgainAsync();
            world.Events.End(begun);
        }
    }
}
