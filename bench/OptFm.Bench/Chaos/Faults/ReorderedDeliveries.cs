using OptFm.Sandbox.Faults;

namespace OptFm.Bench.Chaos.Faults;

/// <summary>Updates that change places with the next.</summary>
internal sealed class ReorderedDeliveries : DeliveryFault
{
    public override string Kind => "reordered_deliveries";

    public override int Weight => 5;

    protected override (Fault Fault, double Probability) Make(Random random) =>
        (new Fault(FaultKind.ReorderDelivery) { Delay = TimeSpan.FromSeconds(2) }, 0.2 + 0.3 * random.NextDouble());
}
