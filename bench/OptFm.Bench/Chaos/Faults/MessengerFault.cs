using OptFm.Sandbox;
using OptFm.Sandbox.Faults;

namespace OptFm.Bench.Chaos.Faults;

/// <summary>A messenger that misbehaves for some seconds, in calls of the bot or in its own deliveries.</summary>
internal abstract class MessengerFault : IChaosFault
{
    public abstract string Kind { get; }

    public abstract int Weight { get; }

    /// <summary>Whether the replies may have to wait for it: then nobody but the messenger is to blame for a stall.</summary>
    public virtual bool Stalls => true;

    public virtual bool Fits(World world) => true;

    public async Task<bool> StrikeAsync(World world, Random random, CancellationToken stop)
    {
        var messengers = Struck(world);
        var messenger = messengers[random.Next(messengers.Count)];
        var (fault, probability) = Make(random);
        var plan = world.Sandbox[messenger].Faults;
        var begun = world.Events.Begin(Kind, $"{messenger}");
        plan.Chance(probability, fault);
        try
        {
            await world.PauseAsync(World.Seconds(random, 2, 6), stop);
            return true;
        }
        finally
        {
            plan.Remove(fault);
            world.Events.End(begun);
        }
    }

    protected virtual IReadOnlyList<Messenger> Struck(World world) => World.Messengers;

    /// <summary>What goes wrong, and how probably.</summary>
    protected abstract (Fault Fault, double Probability) Make(Random random);
}
