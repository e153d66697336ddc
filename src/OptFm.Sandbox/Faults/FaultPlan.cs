namespace OptFm.Sandbox.Faults;

/// <summary>Which of the coming calls and deliveries go wrong. Rules are asked in the order they were added; the first that applies wins.</summary>
public sealed class FaultPlan(Random random)
{
    private readonly Lock gate = new();
    private readonly List<Rule> rules = [];
    private volatile bool any;

    /// <summary>The next <paramref name="times"/> fitting calls go wrong.</summary>
    public FaultPlan Next(int times, Fault fault) => Add(new Rule(fault, 1) { Left = times });

    /// <summary>Each fitting call goes wrong with a probability of 0–1.</summary>
    public FaultPlan Chance(double probability, Fault fault) => Add(new Rule(fault, probability));

    /// <summary>Every fitting call goes wrong until <see cref="Clear"/>.</summary>
    public FaultPlan Always(Fault fault) => Add(new Rule(fault, 1));

    /// <summary>Ends what was added with this very fault; others go on.</summary>
    public void Remove(Fault fault)
    {
        lock (gate)
        {
            rules.RemoveAll(rule => ReferenceEquals(rule.Fault, fault));
            any = rules.Count > 0;
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            rules.Clear();
            any = false;
        }
    }

    internal Fault? PickForCall(string method, string? chat) => any ? Pick(method, chat, ofDeliveries: false) : null;

    internal Fault? PickForDelivery(string chat) => any ? Pick(null, chat, ofDeliveries: true) : null;

    private FaultPlan Add(Rule rule)
    {
        lock (gate)
        {
            rules.Add(rule);
            any = true;
        }
        return this;
    }

    private Fault? Pick(string? method, string? chat, bool ofDeliveries)
    {
        lock (gate)
        {
            var rule = rules.Find(rule => rule.Fault.IsOfDeliveries == ofDeliveries && rule.Fault.Fits(method, chat) && Hits(rule));
            if (rule is null) return null;

            if (rule.Left is { } left) rule.Left = left - 1;
            rules.RemoveAll(static spent => spent.Left <= 0);
            any = rules.Count > 0;
            return rule.Fault;
        }
    }

    private bool Hits(Rule rule) => rule.Left is not <= 0 && (rule.Probability >= 1 || random.NextDouble() < rule.Probability);

    private sealed record Rule(Fault Fault, double Probability)
    {
        internal int? Left { get; set; }
    }
}
