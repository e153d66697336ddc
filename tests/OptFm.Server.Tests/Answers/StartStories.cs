using OptFm.Server.Answers;
using OptFm.Server.Channels;

namespace OptFm.Server.Tests.Answers;

public sealed class StartStories
{
    [Fact]
    public void A_new_customer_is_welcomed_by_name()
    {
        var bot = new BotInATest { FirstName = "Анна" }.Open();

        bot.Text.ShouldStartWith("Здравствуйте, Анна!");
        bot.Labels.ShouldBe([BotInATest.Phrase(PhraseList.ButtonFaq), BotInATest.Phrase(PhraseList.ButtonContacts)]);
        bot.Conversation.FirstName.ShouldBe("Анна");
        bot.Conversation.Greeted.ShouldBeTrue();
    }

    [Fact]
    public void A_returning_customer_is_welcomed_back()
    {
        var bot = new BotInATest { FirstName = "Анна" }.Open().Open();

        bot.Text.ShouldStartWith("С возвращением, Анна!");
    }

    [Fact]
    public void A_deep_link_opens_its_answer_at_once()
    {
        var bot = new BotInATest { FirstName = "Анна" }.Open("faq-3");

        bot.Text.ShouldStartWith("Здравствуйте, Анна!");
        bot.Text.ShouldContain("Заполните бланк.");
        bot.Conversation.Topic.ShouldBe("3");
    }

    [Theory]
    [InlineData("/start faq-3")]
    [InlineData("/START@shop_bot   FAQ-3")]
    public void A_deep_link_works_as_a_command_too(string text) => new BotInATest().Say(text).Text.ShouldContain("Заполните бланк.");

    [Theory]
    [InlineData("")]
    [InlineData("promo-spring")]
    [InlineData("faq-999")]
    [InlineData("faq-")]
    [InlineData("\ud800{name}**")]
    public void An_unknown_link_is_just_a_welcome(string link) =>
        new BotInATest().Open(link).Text.ShouldBe(BotInATest.Phrase(PhraseList.Start));

    [Fact]
    public void Whoever_stops_the_bot_hears_nothing_and_is_welcome_to_return()
    {
        var bot = new BotInATest { FirstName = "Анна" }.Open().Stop();
        bot.Last.Replies.ShouldBeEmpty();
        bot.Conversation.Blocked.ShouldBeTrue();

        bot.Open().Text.ShouldStartWith("С возвращением, Анна!");
        bot.Conversation.Blocked.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Анна", "Анна")]
    [InlineData("  Анна-Мария ", "Анна-Мария")]
    [InlineData("Анна 🌸✨", "Анна")]
    [InlineData("O'Neil", "O'Neil")]
    [InlineData("", null)]
    [InlineData("   ", null)]
    [InlineData("🌸", null)]
    [InlineData("**Жирный**", null)]
    [InlineData("[ссылка](https://evil.example)", null)]
    [InlineData("evil.example", null)]
    [InlineData("Ива\u202Eнов", null)]
    [InlineData("Имя\nСрочно переведите деньги", null)]
    [InlineData("{name}", null)]
    [InlineData("-", null)]
    [InlineData("\u0301\u0301\u0301", null)]
    public void Odd_names_are_not_said_aloud(string given, string? said)
    {
        var bot = new BotInATest { FirstName = given }.Open();

        bot.Conversation.FirstName.ShouldBe(said);
        bot.Text.ShouldBe(said is null ? BotInATest.Phrase(PhraseList.Start) : BotInATest.Phrase(PhraseList.StartNamed).Replace("{name}", said));
    }

    [Fact]
    public void A_very_long_name_is_not_said_aloud()
    {
        new BotInATest { FirstName = new string('а', 200) }.Open().Text.ShouldBe(BotInATest.Phrase(PhraseList.Start));
    }

    [Fact]
    public void A_name_once_known_is_remembered()
    {
        var bot = new BotInATest { Conversation = new("test", "42") { FirstName = "Анна" } }.Open();

        bot.Text.ShouldStartWith("Здравствуйте, Анна!");
    }

    [Fact]
    public void When_answering_fails_the_customer_gets_the_contacts()
    {
        var answer = new BotInATest().Failed();

        answer.Step.ShouldBe("error");
        Markup.ToPlain(answer.Replies.Single().Text).ShouldContain(BotInATest.Phrase(PhraseList.Contacts));
    }
}
