using OptFm.Server.Answers;

namespace OptFm.Server.Tests.Answers;

public sealed class SmallTalkStories
{
    [Theory]
    [InlineData("Здравствуйте")]
    [InlineData("здраствуйте!!!")]
    [InlineData("Здрасвтуйте")]
    [InlineData("ЗДРАСТЕ")]
    [InlineData("приветик)))")]
    [InlineData("Привееееет")]
    [InlineData("Добрый день!")]
    [InlineData("добрый дент, коллеги")]
    [InlineData("Доброго времени суток")]
    [InlineData("добрый")]
    [InlineData("ghbdtn")]
    [InlineData("privet")]
    [InlineData("привет бот, как дела?")]
    [InlineData("👋")]
    public void A_greeting_is_returned(string text)
    {
        var bot = new BotInATest().Say(text);

        bot.Text.ShouldBe(BotInATest.Phrase(PhraseList.Hello));
        bot.Last.Step.ShouldBe("small-talk");
    }

    [Theory]
    [InlineData("спасибо")]
    [InlineData("Спасибоооо!")]
    [InlineData("спс")]
    [InlineData("спосибо большое")]
    [InlineData("Огромное спасибо вам за помощь")]
    [InlineData("благодарю, очень помогли")]
    [InlineData("ок, спасибо")]
    [InlineData("cgfcb,j")]
    [InlineData("🙏🙏")]
    [InlineData("спасибо, вы меня обрадовали")]
    public void Thanks_are_welcome(string text) => new BotInATest().Say(text).Text.ShouldBe(BotInATest.Phrase(PhraseList.Thanks));

    [Theory]
    [InlineData("пока")]
    [InlineData("До свидания!")]
    [InlineData("досвидания")]
    [InlineData("до свиданья")]
    [InlineData("спасибо, до свидания")]
    [InlineData("всего доброго 👋")]
    public void Farewells_are_returned(string text) => new BotInATest().Say(text).Text.ShouldBe(BotInATest.Phrase(PhraseList.Farewell));

    [Theory]
    [InlineData("ок")]
    [InlineData("Оккк")]
    [InlineData("хорошо")]
    [InlineData("понятно, ясно")]
    [InlineData("👍")]
    [InlineData("😂😂😂")]
    [InlineData("+")]
    [InlineData(":)")]
    public void An_acknowledgement_is_acknowledged(string text) => new BotInATest().Say(text).Text.ShouldBe(BotInATest.Phrase(PhraseList.Okay));

    [Theory]
    [InlineData("Здравствуйте, как оплатить заказ?")]
    [InlineData("привет! как оплатить заказ картой")]
    [InlineData("добрый вечер как оплатить заказ? спасибо")]
    public void The_question_wins_over_the_greeting_which_is_still_returned(string text)
    {
        var bot = new BotInATest().Say(text);

        bot.Text.ShouldStartWith("Здравствуйте!");
        bot.Text.ShouldContain("Только по счёту.");
        bot.Last.Step.ShouldBe("faq");
    }

    [Theory]
    [InlineData("спасибо, а как оплатить заказ?")]
    [InlineData("как оплатить заказ? заранее спасибо!")]
    [InlineData("пока не оплатил, как оплатить заказ?")]
    [InlineData("ок, как оплатить заказ?")]
    public void The_question_wins_over_thanks(string text)
    {
        var bot = new BotInATest().Say(text);

        bot.Text.ShouldContain("Только по счёту.");
        bot.Text.ShouldNotStartWith("Здравствуйте");
    }

    [Theory]
    [InlineData("привез вам ноутбук, кто примет")]
    [InlineData("пока ничего не прислали")]
    [InlineData("благодарность директору кому писать")]
    public void What_only_looks_like_a_pleasantry_is_none(string text) => SmallTalk.Read(text).Kind.ShouldBe(SmallTalkKind.None);

    [Fact]
    public void The_name_is_said_once_and_not_in_each_answer()
    {
        var bot = new BotInATest { FirstName = "Иван" };

        bot.Say("Здравствуйте, как оплатить заказ?").Text.ShouldStartWith("Здравствуйте, Иван!");
        bot.Say("Здравствуйте, как вернуть товар?").Text.ShouldStartWith("Здравствуйте!");
        bot.Say("привет").Text.ShouldBe(BotInATest.Phrase(PhraseList.HelloAgain));
        bot.Say("какие условия доставки").Text.ShouldNotContain("Иван!");
    }

    [Fact]
    public void A_greeting_with_an_unknown_question_is_answered_honestly()
    {
        var bot = new BotInATest().Say("Здравствуйте, сколько лет королеве Нидерландов?");

        bot.Text.ShouldStartWith("Здравствуйте!");
        bot.Last.Step.ShouldBe("fallback");
    }
}
