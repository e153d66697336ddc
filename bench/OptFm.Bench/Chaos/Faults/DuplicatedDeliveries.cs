using OptFm.Sandbox.Faults;

namespace OptFm.Bench.Chaos.Faults;

/// <summary>Updates delivered twice at the same time, to two nodes where there are.</summary>
internal sealed class DuplicatedDeliveries : DeliveryFault
{
    public override string Kind => "duplicated_deliveries";

    public override int Weight => 6;

    protected override (Fault Fault, double Probability) Make(Random random) =>
        (new Fault(FaultKind.DuplicateDelivery), 0.3 + 0.7 * random.NextDouble());
}
