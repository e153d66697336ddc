using OptFm.Server.Answers;
using OptFm.Server.Products;

namespace OptFm.Server.Tests.Answers;

public sealed class ProductStories
{
    private static readonly PriceSnapshot Demo = ReadDemo();

    [Fact]
    public void A_product_is_shown_with_its_price_code_and_the_lists_date()
    {
        var bot = WithGoods().Say("здравствуйте, есть дисплей на айфон 11?");

        bot.Last.Step.ShouldBe("price");
        var product = Demo.Search.Products.Single(product => product.Name == "Дисплей совместим с iPhone 11 + тачскрин черный");
        bot.Text.ShouldStartWith(BotInATest.Phrase(PhraseList.Greeting));
        bot.Text.ShouldContain("1 июня 2025");
        bot.Text.ShouldContain(product.Name);
        bot.Text.ShouldContain(product.PriceText + " ₽");
        bot.Text.ShouldContain(product.Code);
        bot.Text.ShouldNotContain("iPhone 11 Pro");
    }

    [Fact]
    public void Many_products_come_in_pages_and_are_narrowed()
    {
        var bot = WithGoods().Say("чехол накладка");
        bot.Text.Split(" ₽").Length.ShouldBe(6, "five products");

        var first = bot.Text;
        bot.Press(BotInATest.Phrase(PhraseList.ButtonMoreProducts)).Text.ShouldNotBe(first);

        bot.Say("чехол накладка");
        var narrower = bot.Buttons.First(button => button.Payload!.StartsWith("price:f:", StringComparison.Ordinal));
        bot.PressPayload(narrower.Payload).Last.Step.ShouldBe("price");
    }

    [Fact]
    public void What_is_not_there_is_said_with_the_nearest_categories()
    {
        var bot = WithGoods().Say("дисплей samsung s99");

        bot.Last.Step.ShouldBeOneOf("price", "price-nothing");
        bot.Text.ShouldContain("в прайсе");
        bot.Press(BotInATest.Phrase(PhraseList.ButtonCategories)).Last.Step.ShouldBe("categories");
    }

    [Fact]
    public void A_sister_model_is_offered_as_similar()
    {
        var bot = WithGoods().Say("чехол накладка айфон 12");

        bot.Text.ShouldContain("Точно такого в прайсе не");
        bot.Text.ShouldContain("1 июня 2025");
    }

    [Fact]
    public void Several_goods_of_one_message_are_all_found()
    {
        var bot = WithGoods().Say("дисплей айфон 11, колонка orbita");

        bot.Text.ShouldContain("Дисплей совместим с iPhone 11 ");
        bot.Text.ShouldContain("Колонка портативная");
    }

    [Fact]
    public void A_category_button_of_an_older_list_opens_the_same_category()
    {
        var payload = WithGoods().Say("/categories").Press("Звук").Buttons.Single(button => button.Text.StartsWith("Колонки", StringComparison.Ordinal)).Payload;
        var newer = new BotInATest { Price = PriceSnapshot.Build([.. Demo.Search.Products.Reverse()], Demo.Report) };

        newer.PressPayload(payload).Text.ShouldContain("Колонка портативная");
    }

    [Fact]
    public void A_code_finds_its_product_and_only_it()
    {
        var product = Demo.Search.Products[5];

        WithGoods().Say(product.Code.ToLowerInvariant().Replace("-", " ")).Text.ShouldContain(product.Name);
        WithGoods().Say("ДП-99999999").Last.Step.ShouldBe("price-nothing");
    }

    [Fact]
    public void Categories_open_down_to_goods_and_go_back_up()
    {
        var bot = WithGoods().Say("/categories").Press("Звук");
        bot.Reply.Replace.ShouldBeTrue();

        bot.Press("Колонки").Text.ShouldContain("Колонка портативная");
        bot.Press(BotInATest.Phrase(PhraseList.ButtonUp)).Labels.ShouldContain(label => label.StartsWith("Колонки", StringComparison.Ordinal), "the shelf it lies on");
        bot.Press(BotInATest.Phrase(PhraseList.ButtonUp)).Labels.ShouldContain(label => label.StartsWith("Звук", StringComparison.Ordinal), "all shelves");
    }

    [Fact]
    public void Brands_and_search_are_commands_and_help_tells_them()
    {
        var bot = WithGoods();

        bot.Say("/brands").Press("ORBITA").Last.Step.ShouldBe("price");
        bot.Say("/search").Text.ShouldBe(BotInATest.Phrase(PhraseList.PriceSearch));
        bot.Say("/search колонка orbita").Text.ShouldContain("Колонка портативная");
        bot.Say("/help").Text.ShouldContain("/categories");
    }

    [Fact]
    public void Questions_still_go_to_the_faq()
    {
        WithGoods().Say("как оплатить заказ?").Last.Step.ShouldBe("faq");
        WithGoods().Say("сколько лет королеве нидерландов").Last.Step.ShouldBe("fallback");
    }

    [Theory]
    [InlineData("price:p:00000000:1")]
    [InlineData("price:c:999:1")]
    [InlineData("price:c::1")]
    [InlineData("price:c:-1:1")]
    [InlineData("price:k:0:999")]
    [InlineData("price:")]
    [InlineData("price:f:x:99999999999999")]
    public void Old_and_forged_buttons_get_the_categories(string payload) =>
        WithGoods().PressPayload(payload).Text.ShouldStartWith(BotInATest.Phrase(PhraseList.Stale));

    [Fact]
    public void Every_button_fits_every_messenger()
    {
        foreach (var text in new[] { "чехол", "/categories", "/brands", "дисплей айфон 11" })
        {
            WithGoods().Say(text).Buttons.ShouldAllBe(button => System.Text.Encoding.UTF8.GetByteCount(button.Payload!) <= 64 && button.Text.Length <= Label.Longest);
        }
    }

    [Fact]
    public void Without_a_list_nothing_changes()
    {
        var bot = new BotInATest();

        bot.Say("дисплей на айфон 11").Last.Step.ShouldNotBe("price");
        bot.Say("/brands").Text.ShouldStartWith(BotInATest.Phrase(PhraseList.UnknownCommand));
        bot.PressPayload("price:k:0:1").Last.Step.ShouldBe("stale");
    }

    private static BotInATest WithGoods() => new() { Price = Demo };

    private static PriceSnapshot ReadDemo()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "data", "price.demo.csv");
        return PriceFile.Read(file, File.ReadAllBytes(file)).Value.ShouldNotBeNull();
    }
}
