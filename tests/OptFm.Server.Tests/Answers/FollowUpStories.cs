using OptFm.Server.Answers;
using OptFm.Server.Faq;
using OptFm.Server.Products;

namespace OptFm.Server.Tests.Answers;

/// <summary>Chats with the demo FAQ, in which a message means something only after the last answer.</summary>
public sealed class FollowUpStories
{
    private static readonly FaqSnapshot Demo = ReadDemo();

    [Fact]
    public void Another_city_gets_the_delivery_answer_again_with_that_city_first()
    {
        var bot = Bot().Say("сколько стоит доставка?");
        bot.Conversation.Topic.ShouldBe("8");

        bot.Say("а в Кохму?");

        bot.Last.Step.ShouldBe("faq");
        bot.Text.IndexOf("Кохма", StringComparison.Ordinal).ShouldBeLessThan(bot.Text.IndexOf("Ярославль", StringComparison.Ordinal));
        bot.Say("а в Казань?").Conversation.Topic.ShouldBe("8");
    }

    [Fact]
    public void One_topic_leads_to_the_next()
    {
        var bot = Bot().Say("сколько стоит доставка?");

        bot.Say("а сколько по времени?").Conversation.Topic.ShouldBe("9");
        bot.Say("а в Вологду?").Conversation.Topic.ShouldBe("9");
        bot.Say("а наличными?").Conversation.Topic.ShouldBe("7");
        bot.Say("а если брак?").Conversation.Topic.ShouldBe("14");
        bot.Say("а курьеру можно отдать?").Conversation.Topic.ShouldBe("14");
    }

    [Theory]
    [InlineData("спасибо", "small-talk")]
    [InlineData("ок", "small-talk")]
    [InlineData("понятно, спасибо", "small-talk")]
    [InlineData("а погода какая?", "fallback")]
    [InlineData("а кто президент?", "fallback")]
    public void Small_talk_and_the_weather_are_no_follow_ups_and_the_topic_stays(string text, string step)
    {
        var bot = Bot().Say("сколько стоит доставка?").Say(text);

        bot.Last.Step.ShouldBe(step);
        bot.Say("а в Ярославль?").Conversation.Topic.ShouldBe("8");
    }

    [Fact]
    public void Without_a_topic_the_same_words_are_asked_alone()
    {
        Bot().Say("а в Ярославль?").Conversation.Topic.ShouldNotBe("8");
        Bot().Say("а в Казань?").Last.Step.ShouldBe("fallback");
    }

    [Fact]
    public void A_button_sets_the_topic_and_an_entry_that_is_gone_is_no_topic()
    {
        Bot().PressPayload("faq:q:8").Say("а в Казань?").Last.Step.ShouldBe("faq");

        var bot = Bot().Say("сколько стоит доставка?");
        bot.Faq = FaqSnapshot.Build([.. Demo.Entries.Where(entry => entry.Id != "8")]);
        bot.Say("а в Казань?").Last.Step.ShouldBe("fallback");
    }

    [Fact]
    public void Goods_go_to_the_price_list_whatever_the_topic()
    {
        var bot = Bot();
        bot.Price = ReadPrice();

        bot.Say("сколько стоит доставка?").Last.Step.ShouldBe("faq");
        bot.Say("а у вас есть дисплей на айфон 11?").Last.Step.ShouldBe("price");
        bot.Say("а в Казань?").Last.Step.ShouldNotBe("faq", "the topic is goods now");
    }

    [Fact]
    public void Follow_ups_work_beside_a_price_list()
    {
        var bot = Bot();
        bot.Price = ReadPrice();

        bot.Say("сколько стоит доставка?").Say("а в Ярославль?").Conversation.Topic.ShouldBe("8");
        bot.Say("а сколько по времени?").Conversation.Topic.ShouldBe("9");
    }

    [Fact]
    public void Two_questions_get_two_answers_in_one_message_and_the_last_is_the_topic()
    {
        var bot = Bot().Say("Здравствуйте! Сколько стоит доставка в Вологду? И можно ли вернуть товар?");

        bot.Text.ShouldStartWith(BotInATest.Phrase(PhraseList.Greeting));
        bot.Text.ShouldContain("Как и куда вы доставляете?");
        bot.Text.ShouldContain("Как вернуть товар?");
        bot.Conversation.Topic.ShouldBe("14");
        bot.Labels.ShouldBeUnique();
        bot.Labels.ShouldNotContain("Как и куда вы доставляете?");
    }

    [Fact]
    public void Two_questions_are_answered_beside_a_price_list_too()
    {
        var bot = Bot();
        bot.Price = ReadPrice();

        bot.Say("как оплатить заказ, а ещё где вы находитесь").Text.ShouldContain("Где находятся ваш склад и филиалы?");
    }

    private static BotInATest Bot() => new() { Faq = Demo };

    private static FaqSnapshot ReadDemo()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "data", "faq.json");
        return FaqFile.Read(file, File.ReadAllBytes(file)).Value.ShouldNotBeNull();
    }

    private static PriceSnapshot ReadPrice()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "data", "price.demo.csv");
        return PriceFile.Read(file, File.ReadAllBytes(file)).Value.ShouldNotBeNull();
    }
}
