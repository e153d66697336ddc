using OptFm.Bench.Chaos.Crowd;
using OptFm.Bench.Chaos.Nodes;
using OptFm.Bench.Chaos.Stores;
using OptFm.Sandbox;

namespace OptFm.Bench.Chaos;

/// <summary>Everything that a fault can strike.</summary>
internal sealed class World
{
    public required RunClock Clock { get; init; }

    public required Events Events { get; init; }

    public required JumpingClock MessengersClock { get; init; }

    public required SandboxServer Sandbox { get; init; }

    public required IReadOnlyList<Node> Nodes { get; init; }

    public required IChaosStore Store { get; init; }

    /// <summary>Messengers whose updates the nodes fetch themselves.</summary>
    public required IReadOnlyList<Messenger> Polled { get; init; }

    /// <summary>The messengers in use.</summary>
    public static IReadOnlyList<Messenger> Messengers { get; } = [Messenger.Max, Messenger.Telegram];

    /// <summary>A node that nothing is being done to, for this fault alone until it is given back.</summary>
    /// <returns>Null when all are under other faults for long.</returns>
    public async Task<Node?> TakeNodeAsync(Random random, CancellationToken stop)
    {
        var order = Nodes.OrderBy(_ => random.Next()).ToList();
        for (var until = Clock.Now + TimeSpan.FromSeconds(20); Clock.Now < until;)
        {
            if (order.Find(node => node.TryTake()) is { } free) return free;
            await Task.Delay(TimeSpan.FromMilliseconds(200), Clock.Time, stop);
        }

        return null;
    }

    /// <summary>A span of so many seconds.</summary>
    public static TimeSpan Seconds(Random random, double least, double most) => TimeSpan.FromSeconds(least + (most - least) * random.NextDouble());

    public Task PauseAsync(TimeSpan length, CancellationToken stop) => Task.Delay(length, Clock.Time, stop);
}
