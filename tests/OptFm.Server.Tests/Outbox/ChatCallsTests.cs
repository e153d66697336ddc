using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Channels;
using OptFm.Server.Outbox;

namespace OptFm.Server.Tests.Outbox;

/// <summary>The limits of a chat, kept by what its lane remembers and nothing else.</summary>
public sealed class ChatCallsTests
{
    private const long Start = 1_000_000_000_000;

    private static readonly OutboundMessage ToGroup = new(OutboundKind.Message, "-100", "hello");
    private static readonly OutboundMessage ToCustomer = ToGroup with { Chat = "100" };

    [Fact]
    public void A_group_is_also_held_to_its_minute()
    {
        var limits = new ChannelLimits { TextLength = 4000, PerSecondInChat = 1, PerMinuteInGroup = 2 };

        var first = ChatCalls.Ended(limits, ToGroup, before: null, Start);
        first.FreeAt.ShouldBe(Start + 1000);
        ChatCalls.Ended(limits, ToGroup, first.Calls, Start + 1000).FreeAt.ShouldBe(Start + 60_000);
        ChatCalls.Ended(limits, ToCustomer, first.Calls, Start + 1000).FreeAt.ShouldBe(Start + 2000);
    }

    [Fact]
    public void One_call_a_second_needs_no_memory()
    {
        ChatCalls.Ended(new ChannelLimits { TextLength = 4000, PerSecondInChat = 1, PerMinuteInGroup = 20 }, ToCustomer, null, Start).Calls.ShouldBeNull();
    }

    [Fact]
    public void What_does_not_count_is_not_counted()
    {
        var press = ToGroup with { Kind = OutboundKind.CallbackAnswer };
        var limits = new ChannelLimits { TextLength = 4000, PerSecondInChat = 1, PerMinuteInGroup = 20, CallbackAnswersCount = false };

        ChatCalls.Ended(limits, press, null, Start).ShouldBe(new CallEnd(Made: true));
        ChatCalls.Ended(new ChannelLimits { TextLength = 4000 }, ToGroup, null, Start).ShouldBe(new CallEnd(Made: true));
    }

    [Fact]
    public void Whatever_the_pauses_no_window_holds_more_calls_than_it_may()
    {
        Prop.ForAll(
            Gen.Choose(0, 4).ToArbitrary(),
            Gen.Choose(0, 6).ToArbitrary(),
            Gen.Choose(0, 5000).ListOf(60).ToArbitrary(),
            (perSecond, perMinute, pauses) =>
            {
                var limits = new ChannelLimits { TextLength = 4000, PerSecondInChat = perSecond, PerMinuteInGroup = perMinute };
                var ends = Call(limits, [.. pauses]);
                Check(ends, perSecond, 1000);
                Check(ends, perMinute, 60_000);
            }).QuickCheckThrowOnFailure();
    }

    private static List<long> Call(ChannelLimits limits, List<int> pauses)
    {
        var (ends, lane, now) = (new List<long>(), default(CallEnd), Start);
        foreach (var pause in pauses)
        {
            now = Math.Max(now + pause, lane.FreeAt);
            ends.Add(now);
            var end = ChatCalls.Ended(limits, ToGroup, lane.Calls, now);
            lane = end with { Calls = end.Calls ?? lane.Calls };
        }

        return ends;
    }

    private static void Check(List<long> ends, int most, int window)
    {
        for (var i = 0; most > 0 && i + most < ends.Count; i++) (ends[i + most] - ends[i]).ShouldBeGreaterThanOrEqualTo(window);
    }
}
