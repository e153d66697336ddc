using OptFm.Sandbox.Faults;

namespace OptFm.Bench.Chaos.Faults;

/// <summary>A storm of 429, mostly with the wait it asks for.</summary>
internal sealed class TooManyRequestsStorm : MessengerFault
{
    public override string Kind => "storm_of_429";

    public override int Weight => 9;

    protected override (Fault Fault, double Probability) Make(Random random) =>
        (new Fault(FaultKind.TooManyRequests) { RetryAfter = random.Next(4) == 0 ? null : TimeSpan.FromSeconds(random.Next(1, 4)) }, 0.3 + 0.7 * random.NextDouble());
}
