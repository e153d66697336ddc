using FsCheck;
using FsCheck.Fluent;
using OptFm.Search.Faq;

namespace OptFm.Search.Tests.Faq;

public sealed class SeparateQuestionsTests
{
    [Theory]
    [InlineData("Сколько стоит доставка в Вологду? И можно ли вернуть товар?", "8|14")]
    [InlineData("Сколько стоит доставка в Вологду и можно ли вернуть товар?", "8|14")]
    [InlineData("как оплатить заказ, а ещё где вы находитесь", "7|3")]
    [InlineData("подскажите, сколько стоит доставка, также интересует, как вернуть брак", "8|14")]
    [InlineData("как оплатить\nсколько стоит доставка", "7|8")]
    [InlineData("Здравствуйте!\n1. Как оплатить заказ?\n2. Есть ли гарантия?", "7|15")]
    [InlineData("1) какие у вас акции 2) чините ли вы телефоны 3) есть ли api", "11|20")]
    public void Two_questions_get_two_answers_however_they_are_joined(string message, string expected) => Answered(message).ShouldBe(expected);

    [Theory]
    [InlineData("Мы магазин в Вологде, закупаемся оптом, есть ли у вас скидки для оптовиков?", "22")]
    [InlineData("Хочу вернуть товар. Заказ пришёл вчера, курьер привёз, оплатил по счёту. Что мне делать?", "14")]
    [InlineData("Заказал у вас дисплей, он пришёл с трещиной, как его вернуть?", "14")]
    [InlineData("Как вернуть товар, можно ли отдать курьеру?", "14")]
    [InlineData("картой можно? а в рассрочку?", "7")]
    [InlineData("Сколько стоит доставка? И какая завтра погода?", "8")]
    public void A_question_told_at_length_gets_one(string message, string expected) => Answered(message).ShouldBe(expected);

    [Fact]
    public void Any_message_gets_what_it_would_get_as_a_whole_or_two_different_answers() =>
        Prop.ForAll<string>(text =>
        {
            var each = DemoFaq.Matcher.MatchEach(text ?? "");
            return each.Count == 1
                || (each.Count == 2 && each.All(match => match.Decision == FaqDecision.Answer) && each[0].Candidates[0].Entry != each[1].Candidates[0].Entry);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ten_thousand_questions_are_answered_calmly() =>
        DemoFaq.Matcher.MatchEach(string.Concat(Enumerable.Repeat("как оплатить? и где вы? ", 5000))).Count.ShouldBeInRange(1, 2);

    private static string Answered(string message) =>
        string.Join('|', DemoFaq.Matcher.MatchEach(message).Select(match => match.Decision == FaqDecision.Answer ? match.Candidates[0].Entry.Id : "-"));
}
