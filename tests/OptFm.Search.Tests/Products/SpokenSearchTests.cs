using OptFm.Search.Products;

namespace OptFm.Search.Tests.Products;

/// <summary>Searches as they are spoken: torn, transliterated, wordy, and for what only sounds like the goods.</summary>
public sealed class SpokenSearchTests
{
    private static readonly ProductSearch Shop = ProductSearch.Build(
    [
        Goods("К-00000201", "Кабель USB - USB-C [3A, 2m] BOROFONE BX14 бел.", 90, "Кабели"),
        Goods("К-00000202", "Кабель USB-C - USB-C [3A, 2m] BOROFONE BX15 бел.", 120, "Кабели"),
        Goods("К-00000203", "Кабель универсальный 3IN1 DENMEN D18 черн.", 130, "Кабели"),
        Goods("К-00000204", "Паста теплопроводная КПТ-8 (20г)", 81, "Пасты"),
        Goods("К-00000205", "Держатель для телефона на велосипед (зажим) DENMEN DH19 черный", 323, "Держатели"),
        Goods("К-00000206", "Колонка портативная B08 с креплением на руль велосипеда черный", 894, "Колонки портативные"),
        Goods("К-00000207", "Аккумулятор внешний 10000mA REMAX RPP-65 белый", 1210, "Внешние аккумуляторы"),
        Goods("К-00000208", "Кнопка HOME совместим с iPhone 7 (работает только с толкателем)", 40, "Кнопки"),
        Goods("К-00000209", "Припой бытовой - размотка ПОС-61 с канифолью 14г", 115, "Припои"),
        Goods("К-00000210", "64GB USB 2.0 Flash Drive SmartBuy Scout белый", 371, "USB Flash Drive (флешки)"),
        Goods("К-00000211", "Наушники внутриканальные BOROFONE BM61 белый", 70, "Наушники проводные"),
        Goods("К-00000212", "Защитное стекло совместим с Samsung Galaxy A35 2,5D", 45, "Защитные стекла"),
        Goods("К-00000213", "Набор H-518 [беспроводной, клавиатура+мышь] черн.", 759, "Наборы"),
        Goods("К-00000214", "Набор H-520 [беспроводной, клавиатура+мышь] бел.", 1100, "Наборы"),
        Goods("К-00000215", "Смарт-очки F06", 845, "Смарт-часы, очки"),
    ]);

    [Theory]
    [InlineData("термо паста кпт8", "К-00000204")]
    [InlineData("kabel type-c 2 metra", "К-00000201")]
    [InlineData("кабель type-c type-c 2 метра", "К-00000202")]
    [InlineData("кабель 3 в 1", "К-00000203")]
    [InlineData("derzhatel na velosiped", "К-00000205")]
    [InlineData("повербанк 10к", "К-00000207")]
    [InlineData("припой с канифолью", "К-00000209")]
    [InlineData("наушикни борофон", "К-00000211")]
    [InlineData("ыфьыгтп ф35 стекло", "К-00000212")]
    [InlineData("набор клавиатура с мышью беспроводной, белый или мятный", "К-00000214")]
    [InlineData("умные очки", "К-00000215")]
    [InlineData("наушники в пределах 100 рублей", "К-00000211")]
    [InlineData("здравствуйте, внуку на день рождения нужны наушники борофон, есть такие?", "К-00000211")]
    public void Goods_are_found_as_they_are_spoken_of(string query, string code)
    {
        var match = Shop.Search(query);

        match.Hits[0].Product.Code.ShouldBe(code, string.Join('\n', Shop.Explain(query)));
        match.Decision.ShouldBe(ProductDecision.Answer, string.Join('\n', Shop.Explain(query)));
    }

    [Theory]
    [InlineData("флешка кингстон 64", "another maker")]
    [InlineData("до скольки вы сегодня работаете", "a question about the shop")]
    [InlineData("телефон бабушке кнопочный с большими кнопками", "a telephone is no button")]
    [InlineData("ок понял", "nothing is asked for")]
    public void What_only_sounds_like_the_goods_is_not_answered(string query, string why) =>
        Shop.Search(query).Decision.ShouldNotBe(ProductDecision.Answer, why + "\n" + string.Join('\n', Shop.Explain(query)));

    [Fact]
    public void What_follows_the_sixty_fourth_word_is_not_read() =>
        Shop.Search(string.Concat(Enumerable.Repeat("и ", 64)) + "наушники борофон").Decision.ShouldBe(ProductDecision.Nothing);

    private static Product Goods(string code, string name, decimal price, string category) => new(code, name, price, $"{price}", ["Магазин", category], 1);
}
