using OptFm.Sandbox.Faults;

namespace OptFm.Bench.Chaos.Faults;

/// <summary>Calls that nobody answers: not heard, or done and then silence for longer than the bot waits.</summary>
internal sealed class HangingConnections : MessengerFault
{
    public override string Kind => "hanging_connections";

    public override int Weight => 6;

    protected override (Fault Fault, double Probability) Make(Random random) =>
        (new Fault(random.Next(2) == 0 ? FaultKind.Hang : FaultKind.Slow) { Delay = TimeSpan.FromSeconds(random.Next(1, 30)) }, 0.1 + 0.3 * random.NextDouble());
}
