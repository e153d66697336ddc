using Npgsql;
using OptFm.Bench.Chaos.Stores;

namespace OptFm.Bench.Chaos.Faults;

/// <summary>pg_terminate_backend of some of the nodes' connections, or of all.</summary>
internal sealed class TerminateConnections : StoreFault
{
    public override string Kind => "terminate_backends";

    public override int Weight => 10;

    public override bool Fits(World world) => world.Store is PostgresStore;

    protected override async Task<bool> BefallAsync(World world, Random random, CancellationToken stop)
    {
        var begun = world.Events.Begin(Kind, "postgres");
        try
        {
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                await Postgres(world).TerminateAsync(random.Next(3) == 0 ? 1_000 : random.Next(1, 6));
                await world.PauseAsync(World.Seconds(random, 0, 0.5), stop);
            }

            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
        finally
        {
            world.Events.End(begun);
        }
    }
}
