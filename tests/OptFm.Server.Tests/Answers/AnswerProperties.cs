using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Answers;
using OptFm.Server.Channels;
using OptFm.Server.Conversations;
using OptFm.Server.Faq;

namespace OptFm.Server.Tests.Answers;

/// <summary>Whatever a customer does, the bot answers within every messenger's limits and never fails.</summary>
public sealed class AnswerProperties
{
    private static readonly string[] Pieces =
    [
        "привет", "спасибо", "как оплатить заказ?", "пока", "/faq", "/start ", "faq-3", "@bot", "faq:q:1", "faq:c:", "faq:m:", "faq:h:", ":2", " ", "\n",
        "**", "[", "](http://x.ru)", "{name}", "{contacts}", "\\", "👋", "👍🏿", "\ud800", "\udc00", "\u202e", "\0", "ооооо", "999999999999", "é́́́", "\u200d",
    ];

    private static readonly FaqSnapshot Faq = new BotInATest().Faq;

    private static readonly AnswerSteps Steps = new(() => Faq, () => BotInATest.Phrases);

    [Fact]
    public void Any_text_gets_a_reply_within_limits() =>
        Prop.ForAll(Texts(), Texts(), (text, name) => Fits(Ask(new(InboundKind.Text, "1", text) { FirstName = name }))).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_payload_gets_a_reply_within_limits() =>
        Prop.ForAll(Texts(), payload => Fits(Ask(new(InboundKind.Button, "1", "") { Payload = payload, MessageId = "1" }))).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_deep_link_gets_a_reply_within_limits() =>
        Prop.ForAll(Texts(), Texts(), (link, name) => Fits(Ask(new(InboundKind.Started, "1", "") { Payload = link, FirstName = name }))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_stopped_bot_is_silent_whatever_else_was_said() =>
        Prop.ForAll(Texts(), text => Ask(new(InboundKind.Stopped, "1", text) { Payload = text, FirstName = text }).Replies.Count == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_name_is_said_as_it_is_or_not_at_all() =>
        Prop.ForAll(Texts(), given => CustomerName.Clean(given) is not { } name || (name.Length <= 40 && Markup.Escape(name) == name && !name.Any(char.IsControl)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_left_of_a_text_is_part_of_it() =>
        Prop.ForAll(Texts(), text => text.Contains(SmallTalk.Read(text).Rest, StringComparison.Ordinal)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_makes_a_label() =>
        Prop.ForAll(Texts(), text => Label.Of(text) is { Length: > 0 and <= Label.Longest } label && !label.Contains('\n')).QuickCheckThrowOnFailure();

    private static Answer Ask(InboundMessage message) => Steps.Answer(message, new Conversation("test", "1"));

    private static bool Fits(Answer answer) => answer.Replies.Count > 0 && answer.Replies.All(Fits);

    private static bool Fits(Reply reply)
    {
        var rows = reply.Keyboard?.Rows ?? [];
        return reply.Text.Length > 0
            && rows.Count <= 30
            && rows.All(row => row.Count is > 0 and <= 7)
            && rows.SelectMany(row => row).All(b => b.Text.Length is > 0 and <= 64 && Encoding.UTF8.GetByteCount(b.Payload!) is > 0 and <= 64);
    }

    /// <summary>Strings of anything, and of the pieces that mean something to the bot.</summary>
    private static Arbitrary<string> Texts()
    {
        var pieces = Gen.Elements(Pieces).ListOf().Select(list => string.Concat(list));
        var anything = ArbMap.Default.ArbFor<string>().Generator.Select(text => text ?? "");
        return Gen.OneOf(pieces, anything).ToArbitrary();
    }
}
