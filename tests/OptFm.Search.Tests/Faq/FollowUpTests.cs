using FsCheck;
using FsCheck.Fluent;
using OptFm.Search.Faq;

namespace OptFm.Search.Tests.Faq;

/// <summary>In all of them the entry in front was answered last.</summary>
public sealed class FollowUpTests
{
    [Theory]
    [InlineData("8", "а в Ярославль?", "8")]
    [InlineData("8", "и в Иваново тоже?", "8")]
    [InlineData("8", "Вологда?", "8")]
    [InlineData("9", "а в Вологду?", "9")]
    [InlineData("7", "а в рассрочку?", "7")]
    [InlineData("7", "если наличкой?", "7")]
    [InlineData("15", "а на аккумуляторы?", "15")]
    [InlineData("4", "а в регионах?", "4")]
    public void What_the_topics_answer_tells_is_asked_of_it(string topic, string message, string expected) => Followed(topic, message).ShouldBe(expected);

    [Theory]
    [InlineData("8", "а в Казань?")]
    [InlineData("8", "а в Питер сколько?")]
    [InlineData("9", "а в Самару?")]
    public void A_place_the_faq_never_heard_of_takes_the_place_of_those_it_names(string topic, string message) => Followed(topic, message).ShouldBe(topic);

    [Theory]
    [InlineData("8", "а сколько по времени?", "9")]
    [InlineData("8", "а наличными?", "7")]
    [InlineData("8", "а если брак?", "14")]
    [InlineData("7", "а сколько ждать?", "9")]
    [InlineData("7", "а в Ярославль?", "3")]
    [InlineData("9", "а доставка сколько стоит?", "8")]
    [InlineData("8", "как оплатить заказ?", "7")]
    public void What_customers_ask_of_another_entry_is_that_entrys(string topic, string message, string expected) => Answered(topic, message).ShouldBe(expected);

    [Theory]
    [InlineData("8", "а погода какая?")]
    [InlineData("8", "а курс доллара?")]
    [InlineData("8", "а анекдот расскажешь?")]
    [InlineData("8", "а кто президент?")]
    [InlineData("8", "а какой у вас рост?")]
    [InlineData("14", "а борщ?")]
    [InlineData("7", "а что по погоде в Иваново?")]
    [InlineData("7", "а в Казань?")]
    [InlineData("8", "спасибо")]
    [InlineData("8", "ок")]
    [InlineData("8", "")]
    [InlineData("8", "?!")]
    [InlineData("14", "хочу купить новый чехол на телефон")]
    public void What_has_nothing_to_do_with_the_topic_is_no_follow_up(string topic, string message) => Followed(topic, message).ShouldBe("-");

    [Fact]
    public void What_was_asked_comes_first_in_the_answer_and_nothing_is_lost()
    {
        var topic = DemoFaq.Entry("8");
        var followUp = DemoFaq.Matcher.Follow("а в Кохму?", topic).ShouldNotBeNull();

        var lines = followUp.Answer.Split('\n');
        lines[0].ShouldBe("**Бесплатно от суммы заказа:**");
        lines[1].ShouldStartWith("• Кохма");
        lines.Order(StringComparer.Ordinal).ShouldBe(topic.Answer.Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_steps_of_a_numbered_list_keep_their_order()
    {
        var topic = new FaqEntry("1", "Как вернуть?", ["возврат"], "Сначала:\n1. бланк\n2. курьер\n\nАдрес: склад");

        AnswerOrder.MatchingFirst(topic.Answer, ["курьер"]).ShouldBe(topic.Answer);
        AnswerOrder.MatchingFirst(topic.Answer, ["склад"]).ShouldBe("Адрес: склад\n\nСначала:\n1. бланк\n2. курьер");
    }

    [Fact]
    public void Any_message_after_any_answer_is_calm() =>
        Prop.ForAll<string>(text => DemoFaq.Entries.All(entry => DemoFaq.Matcher.Follow("а " + text, entry)?.Match.Decision is null or FaqDecision.Answer))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_confidence_of_a_follow_up_is_that_of_an_answer() =>
        DemoFaq.Matcher.Follow("а в Казань?", DemoFaq.Entry("8"))!.Match.Candidates[0].Confidence.ShouldBeGreaterThanOrEqualTo(DemoFaq.Matcher.AnswerAt);

    /// <summary>As the bot asks: the topic first, then the message alone.</summary>
    private static string Answered(string topic, string message)
    {
        var match = DemoFaq.Matcher.Follow(message, DemoFaq.Entry(topic))?.Match ?? DemoFaq.Matcher.Match(message);
        return match.Decision == FaqDecision.Answer ? match.Candidates[0].Entry.Id : "-";
    }

    private static string Followed(string topic, string message) => DemoFaq.Matcher.Follow(message, DemoFaq.Entry(topic))?.Entry.Id ?? "-";
}
