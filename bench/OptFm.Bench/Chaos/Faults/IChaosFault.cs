namespace OptFm.Bench.Chaos.Faults;

/// <summary>One kind of misfortune. Each stroke ends by undoing what it did, also when it is cut short.</summary>
internal interface IChaosFault
{
    /// <summary>Its name in the report.</summary>
    string Kind { get; }

    /// <summary>How often it strikes, beside the others.</summary>
    int Weight { get; }

    /// <summary>Whether it can strike this world at all.</summary>
    bool Fits(World world);

    /// <returns>False when there was nothing to strike just now.</returns>
    Task<bool> StrikeAsync(World world, Random random, CancellationToken stop);
}
