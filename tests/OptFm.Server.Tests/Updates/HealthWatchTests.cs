using OptFm.Server.Updates;

namespace OptFm.Server.Tests.Updates;

/// <summary>Proves: a version counts as healthy only once it says so and stays up; one that cannot is told early.</summary>
public sealed class HealthWatchTests
{
    private static readonly ServiceState Active = new("active", 10, 0);
    private static readonly ServiceState Starting = new("activating", 10, 0);

    [Fact]
    public async Task A_slow_start_is_waited_for() => (await WatchAsync([Starting, Active, Active], [false, true])).ShouldBeNull();

    [Fact]
    public async Task One_that_ends_after_it_was_healthy_is_told() =>
        (await WatchAsync([Active, new("activating", 0, 1)], [true], settle: 60))!.Message.ShouldBe("It was healthy and then ended.");

    [Fact]
    public async Task One_that_was_started_again_meanwhile_is_told() =>
        (await WatchAsync([Active, Active with { MainPid = 11 }], [true], settle: 60))!.Message.ShouldBe("It was healthy and then ended.");

    [Fact]
    public async Task One_that_ends_is_not_waited_for() => (await WatchAsync([Starting, new("failed", 0, 0)], []))!.Message.ShouldBe("It ended with an error.");

    [Fact]
    public async Task One_that_ends_over_and_over_is_not_waited_for() =>
        (await WatchAsync([Starting, new("activating", 0, 3)], []))!.Message.ShouldBe("It ends over and over again.");

    [Fact]
    public async Task One_that_never_becomes_healthy_is_late() =>
        (await WatchAsync([Active], [false], within: 0))!.Message.ShouldBe("It was not healthy within 0 s.");

    [Fact]
    public void What_systemctl_shows_is_read()
    {
        ServiceState.Parse("NRestarts=2\nMainPID=77\nActiveState=active\n").ShouldBe(new ServiceState("active", 77, 2));
        ServiceState.Parse("").ShouldBe(new ServiceState("unknown", 0, 0));
    }

    /// <summary>The last state and the last word hold for ever.</summary>
    private static Task<UpdateException?> WatchAsync(ServiceState[] states, bool[] words, int within = 600, int settle = 0)
    {
        int looked = 0, asked = 0;
        var watch = new HealthWatch(
            _ => Task.FromResult(states[Math.Min(looked++, states.Length - 1)]),
            _ => Task.FromResult(words[Math.Min(asked++, words.Length - 1)]),
            TimeProvider.System)
        {
            Within = TimeSpan.FromSeconds(within),
            Settle = TimeSpan.FromSeconds(settle),
            Pause = TimeSpan.Zero,
        };
        return watch.RunAsync(TestContext.Current.CancellationToken);
    }
}
