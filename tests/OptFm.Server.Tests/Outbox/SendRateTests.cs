using OptFm.Server.Outbox;
using OptFm.Server.Tests.Sandbox;

namespace OptFm.Server.Tests.Outbox;

public sealed class SendRateTests
{
    private readonly FakeTime _time = new();

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public void Whoever_gets_fewer_places_than_wanted_is_told_to_wait_and_not_to_ask_at_once()
    {
        var rate = new SendRate(1800, _time);

        rate.Take(64, out var freeAt).ShouldBe(30);
        freeAt.ShouldBeNull("only the end of a call can free a place");

        rate.End();
        rate.Take(64, out freeAt).ShouldBe(0);
        freeAt.ShouldBe(Now + 1000);
    }

    [Fact]
    public void Below_sixty_a_minute_all_of_them_may_go_at_once_and_then_the_minute_is_waited_out()
    {
        var rate = new SendRate(30, _time);

        rate.Take(30, out _).ShouldBe(30);
        for (var i = 0; i < 30; i++) rate.End();

        rate.Take(1, out var freeAt).ShouldBe(0);
        freeAt.ShouldBe(Now + 60_000);
    }

    [Fact]
    public void A_restart_is_no_way_around_the_limit()
    {
        var rate = new SendRate(30, _time);

        rate.Remember(Enumerable.Repeat(Now - 10_000, 30));

        rate.Take(1, out var freeAt).ShouldBe(0);
        freeAt.ShouldBe(Now + 50_000);
    }
}
