using System.Text;
using OptFm.Server.Channels;
using OptFm.Server.Channels.Max;

namespace OptFm.Server.Tests.Channels;

public class MaxUpdateTests
{
    [Fact]
    public void A_message_is_read_with_its_chat_name_and_language()
    {
        var update = Read("max.message_created");
        update.Key.ShouldBe("message_created:mid.a1");
        update.Type.ShouldBe("message_created");
        update.Message.ShouldBe(new InboundMessage(InboundKind.Text, "7001", "Где мой заказ?") { FirstName = "Анна", Language = "ru" });
    }

    [Fact]
    public void A_group_is_answered_in_the_group_and_its_id_stays_exact() => Read("max.message_created.group").Chat.ShouldBe("-70801090403050123");

    [Theory]
    [InlineData("max.message_created.channel_post", "channel")]
    [InlineData("max.message_created.bot", "bot")]
    [InlineData("max.message_created.photo", "no text")]
    [InlineData("max.message_edited", "edited")]
    [InlineData("max.message_removed", "removed")]
    [InlineData("max.user_added", "no answer")]
    [InlineData("max.unknown", "unknown update type 'story_liked'")]
    public void What_needs_no_answer_is_kept_and_says_why(string sample, string why)
    {
        var update = Read(sample);
        update.Message.ShouldBeNull();
        update.Skipped.ShouldNotBeNull().ShouldContain(why);
        update.Key.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_press_comes_from_the_person_not_from_the_bot_that_wrote_the_menu()
    {
        var update = Read("max.message_callback");
        update.Key.ShouldBe("message_callback:cb-1:1790000001001:5001:faq:delivery");
        update.Message.ShouldBe(new InboundMessage(InboundKind.Button, "7001", "")
        {
            Payload = "faq:delivery",
            CallbackId = "cb-1",
            MessageId = "mid.b1",
            FirstName = "Анна",
            Language = "ru",
        });
    }

    [Fact]
    public void A_press_whose_message_is_gone_is_answered_to_the_person() => Read("max.message_callback.no_message").Message!.Chat.ShouldBe("user:5001");

    [Fact]
    public void Opening_the_bot_brings_the_deep_link()
    {
        var started = Read("max.bot_started").Message.ShouldNotBeNull();
        started.Kind.ShouldBe(InboundKind.Started);
        (started.Payload, started.FirstName, started.Chat).ShouldBe(("promo-7", "Анна", "7001"));
    }

    [Theory]
    [InlineData("bot_stopped")]
    [InlineData("dialog_removed")]
    [InlineData("bot_removed")]
    public void Leaving_stops_the_chat(string type)
    {
        var json = Encoding.UTF8.GetString(Sample.Of("max.bot_stopped")).Replace("bot_stopped", type);
        var update = MaxUpdate.Read(Encoding.UTF8.GetBytes(json)).ShouldNotBeNull();
        update.Message!.Kind.ShouldBe(InboundKind.Stopped);
        update.Key.ShouldBe($"{type}:7001:5001:1790000003000");
    }

    [Fact]
    public void Different_updates_have_different_keys()
    {
        var keys = Sample.All().Select(json => MaxUpdate.Read(json)!.Key).ToList();
        keys.Distinct().Count().ShouldBe(keys.Count);
    }

    [Fact]
    public void Two_edits_of_one_message_are_two_updates()
    {
        var first = Encoding.UTF8.GetString(Sample.Of("max.message_edited"));
        var second = first.Replace("12?", "13?");
        MaxUpdate.Read(Encoding.UTF8.GetBytes(first))!.Key.ShouldNotBe(MaxUpdate.Read(Encoding.UTF8.GetBytes(second))!.Key);
    }

    private static Update Read(string sample) => MaxUpdate.Read(Sample.Of(sample)).ShouldNotBeNull();
}
