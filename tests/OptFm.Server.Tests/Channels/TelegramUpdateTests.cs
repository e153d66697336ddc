using System.Text;
using OptFm.Server.Channels;
using OptFm.Server.Channels.Telegram;

namespace OptFm.Server.Tests.Channels;

public class TelegramUpdateTests
{
    [Fact]
    public void A_message_is_read_with_its_chat_name_and_language()
    {
        var update = Read("telegram.message");
        update.Message.ShouldBe(new InboundMessage(InboundKind.Text, "42", "Где мой заказ?") { FirstName = "Анна", Language = "ru" });
        update.Key.ShouldStartWith("900000001:");
    }

    [Fact]
    public void A_command_in_a_group_loses_the_bots_name()
    {
        var message = Read("telegram.group_command").Message.ShouldNotBeNull();
        (message.Chat, message.Text).ShouldBe(("-1001234567890", "/faq доставка"));
    }

    [Fact]
    public void A_press_is_read() => Read("telegram.callback").Message.ShouldBe(new InboundMessage(InboundKind.Button, "42", "")
    {
        Payload = "faq:delivery",
        CallbackId = "4382000000000001",
        MessageId = "13",
        FirstName = "Анна",
        Language = "ru",
    });

    [Fact]
    public void Blocking_the_bot_stops_the_chat() => Read("telegram.kicked").Message!.Kind.ShouldBe(InboundKind.Stopped);

    [Theory]
    [InlineData("telegram.edited", "edited_message", "edited")]
    [InlineData("telegram.reaction", "message_reaction", "unknown update type")]
    public void What_needs_no_answer_is_kept_and_says_why(string sample, string type, string why)
    {
        var update = Read(sample);
        update.Type.ShouldBe(type);
        update.Skipped.ShouldNotBeNull().ShouldContain(why);
    }

    [Fact]
    public void The_guides_updates_have_text_ids_and_need_no_update_id()
    {
        var update = Read("compat.message");
        (update.Key, update.Chat).ShouldBe(("-:message:user_123:msg_1:", "user_123"));
    }

    [Theory]
    [InlineData("""{"test":"message"}""", "no message")]
    [InlineData("""{"update_id":5}""", "no message")]
    [InlineData("""{"message":{"message_id":1,"from":{"id":1,"first_name":"А"},"chat":{"id":1},"date":1,"photo":[]}}""", "no text")]
    [InlineData("""{"message":"text"}""", "no message")]
    [InlineData("""{"message":{"message_id":1,"chat":{"id":1},"text":"а"}}""", "no sender")]
    [InlineData("""{"message":{"message_id":1,"from":{"id":1,"is_bot":true},"chat":{"id":1},"text":"а"}}""", "bot")]
    public void What_holds_no_words_is_skipped_with_a_reason(string json, string why) =>
        TelegramUpdate.Read(Encoding.UTF8.GetBytes(json)).ShouldNotBeNull().Skipped.ShouldNotBeNull().ShouldContain(why);

    [Fact]
    public void Restarted_update_ids_do_not_hide_a_new_message()
    {
        var old = Encoding.UTF8.GetString(Sample.Of("telegram.message"));
        var later = old.Replace("\"message_id\":11", "\"message_id\":12");
        TelegramUpdate.Read(Encoding.UTF8.GetBytes(later))!.Key.ShouldNotBe(TelegramUpdate.Read(Encoding.UTF8.GetBytes(old))!.Key);
    }

    private static Update Read(string sample) => TelegramUpdate.Read(Sample.Of(sample)).ShouldNotBeNull();
}
