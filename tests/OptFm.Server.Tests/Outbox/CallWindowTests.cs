using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Outbox;

namespace OptFm.Server.Tests.Outbox;

public sealed class CallWindowTests
{
    [Fact]
    public void However_calls_are_delayed_the_messenger_never_sees_more_than_the_limit_in_a_window()
    {
        Prop.ForAll(
            Gen.Choose(1, 5).ToArbitrary(),
            Gen.Choose(0, 400).Select(n => n).ListOf(60).ToArbitrary(),
            (most, delays) =>
            {
                var arrivals = Simulate(most, [.. delays]);
                for (var i = 0; i + most < arrivals.Count; i++) (arrivals[i + most] - arrivals[i]).ShouldBeGreaterThanOrEqualTo(1000);
            }).QuickCheckThrowOnFailure();
    }

    /// <summary>Starts calls as soon as the window allows, one under way at a time; each arrives somewhere within its delay.</summary>
    private static List<long> Simulate(int most, List<int> delays)
    {
        var window = new CallWindow(most, TimeSpan.FromSeconds(1));
        var arrivals = new List<long>();
        var now = 0L;
        foreach (var delay in delays)
        {
            now = window.NextFree(now)!.Value;
            window.Start();
            arrivals.Add(now + delay / 2);
            now += delay;
            window.End(now);
        }

        arrivals.Sort();
        return arrivals;
    }

    [Fact]
    public void No_limit_is_no_limit()
    {
        var window = new CallWindow(0, TimeSpan.FromSeconds(1));
        window.Start();
        window.Free(0).ShouldBe(int.MaxValue);
    }

    [Fact]
    public void Calls_under_way_hold_their_places()
    {
        var window = new CallWindow(2, TimeSpan.FromSeconds(1));
        window.Start();
        window.Start();
        window.Free(1_000_000).ShouldBe(0);
        window.NextFree(1_000_000).ShouldBeNull();
    }
}
