using OptFm.Search.Faq;
using OptFm.Server.Answers;
using OptFm.Server.Channels;
using OptFm.Server.Faq;

namespace OptFm.Server.Tests.Answers;

public sealed class QuestionStories
{
    [Fact]
    public void A_question_is_answered_with_its_related_ones_below()
    {
        var bot = new BotInATest().Say("как оплатить заказ?");

        bot.Reply.Text.ShouldContain("Только **по счёту**.");
        bot.Labels.ShouldBe(["Какие условия доставки?", "Как вернуть товар?", BotInATest.Phrase(PhraseList.ButtonMore)]);
        bot.Conversation.Topic.ShouldBe("1");

        bot.Press("Как вернуть товар?").Text.ShouldContain("Заполните бланк.");
        bot.Conversation.Topic.ShouldBe("3");
    }

    [Fact]
    public void An_answer_never_takes_the_place_of_the_menu_it_was_opened_from()
    {
        new BotInATest().Say("/faq").Press("Заказ").Press("оплатить").Reply.Replace.ShouldBeFalse();
    }

    [Fact]
    public void Without_an_answer_the_bot_says_so_and_gives_the_contacts()
    {
        var bot = new BotInATest().Say("сколько лет королеве нидерландов");

        bot.Last.Step.ShouldBe("fallback");
        bot.Text.ShouldContain(BotInATest.Phrase(PhraseList.Contacts));
        bot.Press(BotInATest.Phrase(PhraseList.ButtonFaq)).Last.Step.ShouldBe("menu");
    }

    [Fact]
    public void A_very_long_text_is_read_in_part_and_the_bot_says_so()
    {
        var bot = new BotInATest().Say(string.Concat(Enumerable.Repeat("тыгыдым 🐎 ", 100_000)));

        bot.Last.Step.ShouldBe("fallback");
        bot.Text.ShouldStartWith("Сообщение очень длинное");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    public void A_message_without_text_is_answered_kindly(string text) =>
        new BotInATest().Say(text).Text.ShouldBe(BotInATest.Phrase(PhraseList.NotText));

    [Fact]
    public void Markup_in_a_question_stays_as_written_and_markup_in_an_answer_works()
    {
        var bot = new BotInATest(new FaqEntry("1", "Что такое **NFC** [тут]?", ["нфц"], "Это *связь* {answer}.")).PressPayload("faq:q:1");

        bot.Text.ShouldBe("Что такое **NFC** [тут]?\n\nЭто связь {answer}.");
    }

    [Fact]
    public void A_new_faq_holds_from_the_next_message_on()
    {
        var bot = new BotInATest().Say("как оплатить заказ?");
        bot.Faq = FaqSnapshot.Build([new FaqEntry("1", "Как оплатить заказ?", ["оплата"], "Теперь и картой.")]);

        bot.Say("как оплатить заказ?").Text.ShouldContain("Теперь и картой.");
    }

    [Fact]
    public void Suggestions_are_at_most_three_with_a_way_to_a_human()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "data", "faq.json");
        var bot = new BotInATest { Faq = FaqFile.Read(file, File.ReadAllBytes(file)).Value! };
        string[] vague = ["продаёте ли вы самолёты", "самолёты в наличии", "товар для кобылы", "склад тыгыдымов", "какая гарантия на кобылу"];
        bot.Say(vague.First(text => bot.Faq.Matcher.Match(text).Decision == FaqDecision.Suggest));

        bot.Last.Step.ShouldBe("suggest");
        bot.Buttons.Count.ShouldBeInRange(2, 4);
        bot.Press(BotInATest.Phrase(PhraseList.ButtonContacts)).Text.ShouldBe(BotInATest.Phrase(PhraseList.Contacts));
    }

    [Fact]
    public void A_group_of_answers_from_many_threads_is_the_same_as_from_one()
    {
        var steps = new AnswerSteps(() => new BotInATest().Faq, () => BotInATest.Phrases);
        var texts = new string[64];
        Parallel.For(0, texts.Length, i => texts[i] = steps.Answer(new(InboundKind.Text, "1", "как оплатить заказ?"), new("test", "1")).Replies[0].Text);

        texts.Distinct().ShouldHaveSingleItem();
    }
}
