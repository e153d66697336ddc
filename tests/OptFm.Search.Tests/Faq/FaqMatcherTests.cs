using FsCheck;
using FsCheck.Fluent;
using OptFm.Search.Faq;

namespace OptFm.Search.Tests.Faq;

public sealed class FaqMatcherTests
{
    private static readonly FaqMatcher Matcher = FaqMatcher.Build(
    [
        new FaqEntry("pay", "Какие способы оплаты доступны?", ["оплата", "счёт", "реквизиты"], "Оплата по счёту."),
        new FaqEntry("ship", "Какие условия доставки?", ["доставка", "курьер", "самовывоз"], "Привезём **бесплатно** от 3 000 ₽."),
        new FaqEntry("back", "Как происходит возврат товара?", ["возврат", "обмен", "брак"], "Возврат в течение 10 дней."),
        new FaqEntry("api", "Что такое работа с API?", ["api", "интеграция"], "Сервис для выгрузки фотографий."),
    ]);

    private static readonly FaqMatcher Dentist = FaqMatcher.Build(
    [
        new FaqEntry("visit", "Как записаться на приём к врачу?", ["запись", "приём", "регистратура"], "Позвоните в регистратуру."),
        new FaqEntry("price", "Сколько стоит лечение кариеса?", ["кариес", "пломба", "цена лечения"], "От 3 000 ₽."),
        new FaqEntry("wisdom", "Больно ли удалять зуб мудрости?", ["удаление", "зуб мудрости", "наркоз"], "Мы делаем укол."),
        new FaqEntry("child", "С какого возраста вы лечите детей?", ["дети", "ребёнок", "детский стоматолог"], "С трёх лет."),
    ]);

    [Theory]
    [InlineData("какие у вас способы оплаты", "pay")]
    [InlineData("условия доставки", "ship")]
    [InlineData("УСЛОВИЯ ДОСТАВКИ???", "ship")]
    [InlineData("как сделать возврат товара", "back")]
    [InlineData("eckjdbz ljcnfdrb", "ship")]
    [InlineData("usloviya dostavki", "ship")]
    [InlineData("услвоия достваки", "ship")]
    [InlineData("что такое арi", "api")]
    public void Answers_a_question_however_it_is_typed(string question, string expected)
    {
        var match = Matcher.Match(question);

        match.Candidates[0].Entry.Id.ShouldBe(expected);
        match.Decision.ShouldBe(FaqDecision.Answer, string.Join("; ", match.Reasons));
    }

    [Theory]
    [InlineData("какая завтра погода в Москве")]
    [InlineData("кто выиграл матч вчера")]
    [InlineData("сколько будет семь умножить на восемь")]
    public void Stays_silent_when_the_faq_has_nothing(string question) =>
        Matcher.Match(question).Decision.ShouldNotBe(FaqDecision.Answer);

    [Theory]
    [InlineData("Как записаться на приём к врачу?", "visit")]
    [InlineData("записаться к врачу", "visit")]
    [InlineData("Сколько стоит лечение кариеса?", "price")]
    [InlineData("Больно ли удалять зуб мудрости?", "wisdom")]
    public void Answers_the_questions_of_another_trade(string question, string expected)
    {
        var match = Dentist.Match(question);

        match.Candidates[0].Entry.Id.ShouldBe(expected);
        match.Decision.ShouldBe(FaqDecision.Answer, string.Join("; ", match.Reasons));
    }

    [Theory]
    [InlineData("какая завтра погода")]
    [InlineData("сколько стоит доставка в Вологду")]
    [InlineData("как поливать орхидею")]
    public void Stays_silent_in_another_trade_too(string question) => Dentist.Match(question).Decision.ShouldNotBe(FaqDecision.Answer);

    [Fact]
    public void Says_what_was_repaired() =>
        Matcher.Match("ljcnfdrf").Reasons[0].ShouldBe("«ljcnfdrf» → «доставка»: раскладка");

    [Fact]
    public void An_empty_faq_knows_nothing() =>
        FaqMatcher.Build([]).Match("доставка").ShouldBe(FaqMatch.Nothing);

    [Fact]
    public void An_entry_of_empty_texts_is_harmless() =>
        FaqMatcher.Build([new FaqEntry("1", "", [], "")]).Match("доставка").Decision.ShouldBe(FaqDecision.Unknown);

    public static TheoryData<string> Hostile => new(
        "", "   ", new string('а', 4000), string.Concat(Enumerable.Repeat("😀", 2000)), "\ud83d", "\udc00 доставка \ud800",
        string.Join(' ', Enumerable.Range(0, 10_000).Select(i => $"слово{i}")), string.Join(' ', Enumerable.Repeat("доставка", 10_000)),
        "' OR 1=1; --", "(a+)+$ [[[ ***", "\u202eдоставка\u200f", "\0\0\0", "e\u0301\u0301\u0301\u0301", new string('\u0306', 100), "?!.,;:'\"[]{}`~<>");

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_text_is_answered_calmly(string text) => Matcher.Match(text).Candidates.Count.ShouldBeLessThanOrEqualTo(10);

    [Fact]
    public void Any_text_gets_ordered_candidates_with_confidences_between_0_and_1() =>
        Prop.ForAll<string>(text =>
        {
            var match = Matcher.Match(text ?? "");
            return match.Candidates.All(candidate => candidate.Confidence is >= 0 and <= 1)
                && match.Candidates.Zip(match.Candidates.Skip(1)).All(pair => pair.First.Score >= pair.Second.Score);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Answers_the_same_from_many_threads()
    {
        var alone = Matcher.Match("условия возврата и обмена").Candidates.Select(candidate => candidate.Confidence).ToList();

        Parallel.For(0, 2000, _ => Matcher.Match("условия возврата и обмена").Candidates.Select(candidate => candidate.Confidence).ShouldBe(alone));
    }
}
