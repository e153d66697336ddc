using OptFm.Search.Faq;
using OptFm.Server.Answers;

namespace OptFm.Server.Tests.Answers;

public sealed class CommandAndMenuStories
{
    [Theory]
    [InlineData("/help")]
    [InlineData("/HELP@optfm_bot")]
    [InlineData("/help пожалуйста")]
    [InlineData("Помощь")]
    public void Help_is_given(string text) => new BotInATest().Say(text).Text.ShouldBe(BotInATest.Phrase(PhraseList.Help));

    [Theory]
    [InlineData("/price iphone")]
    [InlineData("/старт")]
    public void An_unknown_command_gets_help(string text)
    {
        var bot = new BotInATest().Say(text);

        bot.Text.ShouldStartWith(BotInATest.Phrase(PhraseList.UnknownCommand));
        bot.Text.ShouldEndWith(BotInATest.Phrase(PhraseList.Help));
    }

    [Fact]
    public void Contacts_are_given() => new BotInATest().Say("/contacts").Text.ShouldBe(BotInATest.Phrase(PhraseList.Contacts));

    [Fact]
    public void A_lone_slash_is_no_command() => new BotInATest().Say("/ как оплатить заказ").Text.ShouldContain("Только по счёту.");

    [Fact]
    public void The_menu_shows_topics_then_questions_then_answers_and_goes_back()
    {
        var bot = new BotInATest().Say("/faq");
        bot.Labels.ShouldBe(["Заказ", "После покупки", "Другое"]);
        bot.Reply.Replace.ShouldBeFalse();

        bot.Press("Заказ");
        bot.Labels.ShouldBe(["Как оплатить заказ?", "Какие условия доставки?", BotInATest.Phrase(PhraseList.ButtonTopics)]);
        bot.Reply.Replace.ShouldBeTrue();

        bot.Press(BotInATest.Phrase(PhraseList.ButtonTopics));
        bot.Labels.ShouldBe(["Заказ", "После покупки", "Другое"]);
        bot.Reply.Replace.ShouldBeTrue();

        bot.Press("Другое").Press("склад").Text.ShouldContain("В Иванове.");
        bot.Press(BotInATest.Phrase(PhraseList.ButtonMore)).Reply.Replace.ShouldBeFalse("the answer above must stay");
    }

    [Fact]
    public void A_long_menu_has_pages()
    {
        var bot = new BotInATest(Numbered(20)).Say("/faq");
        bot.Text.ShouldContain("Страница 1 из 3");
        bot.Labels.Count().ShouldBe(9);
        bot.Labels.ShouldNotContain(BotInATest.Phrase(PhraseList.ButtonPrevious));

        bot.Press(BotInATest.Phrase(PhraseList.ButtonNext)).Press(BotInATest.Phrase(PhraseList.ButtonNext));
        bot.Text.ShouldContain("Страница 3 из 3");
        bot.Labels.ShouldBe(["Вопрос 17?", "Вопрос 18?", "Вопрос 19?", "Вопрос 20?", BotInATest.Phrase(PhraseList.ButtonPrevious)]);

        bot.Press(BotInATest.Phrase(PhraseList.ButtonPrevious)).Labels.ShouldContain("Вопрос 9?");
    }

    [Fact]
    public void A_topic_comes_back_to_its_own_page_of_topics()
    {
        var entries = Numbered(20).Select(e => e with { Category = "Тема " + e.Id }).ToList();
        var bot = new BotInATest(entries).Say("/faq").Press(BotInATest.Phrase(PhraseList.ButtonNext)).Press("Тема 12").Press(BotInATest.Phrase(PhraseList.ButtonTopics));

        bot.Labels.ShouldContain("Тема 12");
    }

    [Fact]
    public void A_menu_that_cannot_be_changed_in_place_is_sent_anew()
    {
        var bot = new BotInATest();
        bot.Do(new(OptFm.Server.Channels.InboundKind.Button, "42", "") { Payload = "faq:m:1" });

        bot.Reply.Replace.ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("faq:q:999")]
    [InlineData("faq:h:0011223344556677")]
    [InlineData("faq:m:99")]
    [InlineData("faq:m:-1")]
    [InlineData("faq:m:99999999999999")]
    [InlineData("faq:c:1:9")]
    [InlineData("faq:c:9:1")]
    [InlineData("faq:c:x")]
    [InlineData("FAQ")]
    [InlineData("'; DROP TABLE inbox; --")]
    public void A_button_that_means_nothing_any_more_gets_a_fresh_menu(string? payload)
    {
        var bot = new BotInATest().PressPayload(payload);

        bot.Text.ShouldStartWith(BotInATest.Phrase(PhraseList.Stale));
        bot.Labels.ShouldContain("Заказ");
    }

    [Fact]
    public void Ids_too_long_for_a_payload_still_open_their_answers()
    {
        var id = string.Concat(Enumerable.Repeat("очень-длинный-", 10));
        var bot = new BotInATest([.. Numbered(2), new FaqEntry(id, "Длинный?", ["длина"], "Нашлось.")]).Say("/faq").Press("Длинный?");

        bot.Text.ShouldContain("Нашлось.");
    }

    [Fact]
    public void Long_questions_are_shortened_at_a_word()
    {
        var question = "Можно ли вернуть товар, который был куплен больше года назад в другом городе через посредника?";
        var bot = new BotInATest([.. Numbered(1), new FaqEntry("x", question, ["k"], "a")]).Say("/faq");

        var label = bot.Labels.Last();
        label.Length.ShouldBeLessThanOrEqualTo(Label.Longest);
        question.ShouldStartWith(label.TrimEnd('…'));
        label.ShouldBe("Можно ли вернуть товар, который был куплен больше года назад в…");
    }

    private static List<FaqEntry> Numbered(int count) => [.. Enumerable.Range(1, count).Select(i => new FaqEntry($"{i}", $"Вопрос {i}?", ["слово"], $"Ответ {i}."))];
}
