using OptFm.Sandbox.Faults;

namespace OptFm.Bench.Chaos.Faults;

/// <summary>Updates that come seconds later than those which were written after them.</summary>
internal sealed class DelayedDeliveries : DeliveryFault
{
    public override string Kind => "delayed_deliveries";

    public override int Weight => 5;

    protected override (Fault Fault, double Probability) Make(Random random) =>
        (new Fault(FaultKind.DelayDelivery) { Delay = TimeSpan.FromSeconds(random.Next(1, 9)) }, 0.2 + 0.5 * random.NextDouble());
}
