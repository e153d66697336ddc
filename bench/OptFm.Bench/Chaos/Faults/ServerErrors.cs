using OptFm.Sandbox.Faults;

namespace OptFm.Bench.Chaos.Faults;

/// <summary>5xx in the messenger's JSON, or a proxy's page.</summary>
internal sealed class ServerErrors : MessengerFault
{
    public override string Kind => "server_errors";

    public override int Weight => 9;

    protected override (Fault Fault, double Probability) Make(Random random) =>
        (new Fault(random.Next(3) == 0 ? FaultKind.HtmlBody : FaultKind.ServerError) { Status = random.Next(500, 505) }, 0.3 + 0.7 * random.NextDouble());
}
