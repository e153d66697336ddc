using OptFm.Sandbox;

namespace OptFm.Bench.Chaos.Faults;

/// <summary>Deliveries to the webhook that do not come as they should. A messenger that is polled makes none.</summary>
internal abstract class DeliveryFault : MessengerFault
{
    public override bool Stalls => false;

    public override bool Fits(World world) => Struck(world).Count > 0;

    protected override IReadOnlyList<Messenger> Struck(World world) => [.. World.Messengers.Except(world.Polled)];
}
