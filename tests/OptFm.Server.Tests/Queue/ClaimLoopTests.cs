using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Queue;
using BotPath = OptFm.Server.Tests.MessagePath.Path;

namespace OptFm.Server.Tests.Queue;

public sealed class ClaimLoopTests
{
    [Fact]
    public async Task What_is_due_but_in_another_nodes_hands_is_not_looked_for_again_without_a_pause()
    {
        const int Spinning = 100;
        using var stop = new CancellationTokenSource();
        using var loop = new ClaimLoop("in", most: 64, new AckPressure(), new StillClock(), NullLogger.Instance);
        var looks = 0;
        var running = loop.RunAsync(ClaimAsync, stop.Token);

        // Its pause never ends, so that it looks when it is woken and not otherwise.
        await BotPath.UntilAsync(() => Volatile.Read(ref looks) >= 1);
        loop.Wake();
        await BotPath.UntilAsync(() => Volatile.Read(ref looks) >= 2);
        await stop.CancelAsync();
        await running;

        looks.ShouldBe(2);

        async Task<ClaimRound> ClaimAsync(int most)
        {
            await Task.Yield();
            if (Interlocked.Increment(ref looks) == Spinning) await stop.CancelAsync();
            return new([], LookAgain: 0);
        }
    }

    /// <summary>A clock whose timers never go off.</summary>
    private sealed class StillClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
