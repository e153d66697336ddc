using OptFm.Sandbox.Faults;

namespace OptFm.Bench.Chaos.Faults;

/// <summary>Connections cut before the call was heard, or after it was done.</summary>
internal sealed class CutConnections : MessengerFault
{
    public override string Kind => "cut_connections";

    public override int Weight => 9;

    protected override (Fault Fault, double Probability) Make(Random random) =>
        (new Fault(random.Next(2) == 0 ? FaultKind.CutBefore : FaultKind.CutAfter), 0.1 + 0.3 * random.NextDouble());
}
