using FsCheck;
using FsCheck.Fluent;
using OptFm.Search.Products;

namespace OptFm.Search.Tests.Products;

public sealed class ProductSearchTests
{
    private static readonly ProductSearch Shop = ProductSearch.Build(
    [
        Part("К-00000101", "Дисплей совместим с iPhone 11 Pro + тачскрин черный", 2500, "Дисплеи iPhone"),
        Part("К-00000102", "Дисплей совместим с iPhone 11 + тачскрин черный", 1500, "Дисплеи iPhone"),
        Part("К-00000103", "Подсветка дисплея совместим с iPhone 11", 200, "Подсветки"),
        Part("К-00000104", "Дисплей совместим с Samsung Galaxy A50 SM-A505F + тачскрин черный", 1900, "Дисплеи Samsung"),
        Part("К-00000105", "Дисплей совместим с Samsung Galaxy A5 + тачскрин черный", 1700, "Дисплеи Samsung"),
        Part("К-00000106", "Чехол - накладка совместим с iPhone 11 (6.1\") \"Soft Touch\" оранжевый 13", 120, "Чехлы"),
        Part("К-00000107", "Чехол - накладка совместим с iPhone 12/12 Pro силикон прозрачный", 90, "Чехлы"),
        Part("К-00000108", "Защитное стекло совместим с iPhone 15/16/14 Pro 2,5D", 45, "Защитные стекла"),
        Part("К-00000109", "Аккумулятор EB-BA515ABY, совместим с Samsung", 390, "Аккумуляторы"),
        Part("К-00000110", "Колонка портативная BOROFONE BR44 черный", 690, "Колонки портативные"),
        Part("К-00000111", "Колонка портативная BOROFONE BR8 синий", 450, "Колонки портативные"),
        Part("К-00000112", "Кабель USB - USB-C [3A, 2m] BOROFONE BX14 бел.", 90, "Кабели USB"),
        Part("К-00000113", "СЗУ [USB-C(1), 3A, 20W, PD] REMAX белый", 290, "Сетевые зарядные устройства"),
        Part("К-00000114", "Ремешок совместим с Apple Watch (42/44/45 мм) cиликон зеленый", 75, "Ремешки для часов"),
    ]);

    [Theory]
    [InlineData("дисплей айфон 11", "К-00000102")]
    [InlineData("дисплей айфон 11 про", "К-00000101")]
    [InlineData("экран на iphone 11", "К-00000102")]
    [InlineData("модуль samsung а5", "К-00000105")]
    [InlineData("дисплей a505f", "К-00000104")]
    [InlineData("дисплей самсунг а50", "К-00000104")]
    [InlineData("lbcgktq fqajy 11", "К-00000102")]
    [InlineData("displey iphone 11", "К-00000102")]
    [InlineData("диспелй айфон 11", "К-00000102")]
    [InlineData("стекло айфон 16", "К-00000108")]
    [InlineData("акб самсунг а51", "К-00000109")]
    [InlineData("колонка борофон до 500 рублей", "К-00000111")]
    [InlineData("калонка от 500 до 700 руб", "К-00000110")]
    [InlineData("шнур тайпси 2 метра", "К-00000112")]
    [InlineData("сзу 20вт", "К-00000113")]
    [InlineData("ремешок эпл вотч 44", "К-00000114")]
    [InlineData("к 00000110 есть?", "К-00000110")]
    [InlineData("код 110", "К-00000110")]
    [InlineData("k-00000110", "К-00000110")]
    public void Goods_are_found_however_they_are_asked_for(string query, string code)
    {
        var match = Shop.Search(query);

        match.Decision.ShouldBe(ProductDecision.Answer, string.Join('\n', Shop.Explain(query)));
        match.Hits[0].Product.Code.ShouldBe(code, string.Join('\n', Shop.Explain(query)));
    }

    [Theory]
    [InlineData("чехол айфон 13", "a colour's number is no model")]
    [InlineData("стекло айфон 16 про", "the Pro is the 14's")]
    [InlineData("чехол самсунг а50", "there are only displays for it")]
    [InlineData("колонка jbl", "another brand")]
    [InlineData("смартфон iphone 11", "only its parts are sold")]
    [InlineData("стиральная машина", "nothing like it")]
    [InlineData("к-00000999", "no such code")]
    public void What_the_list_has_not_is_not_passed_off(string query, string why) =>
        Shop.Search(query).Decision.ShouldNotBe(ProductDecision.Answer, why + "\n" + string.Join('\n', Shop.Explain(query)));

    [Theory]
    [InlineData("дисплей и чехол на айфон 11", "К-00000102", "К-00000106")]
    [InlineData("шнур тайпси 2 метра, колонка борофон br8", "К-00000112", "К-00000111")]
    public void Several_goods_of_one_message_are_found(string query, params string[] codes)
    {
        var match = Shop.Search(query);

        match.Decision.ShouldBe(ProductDecision.Answer, string.Join('\n', Shop.Explain(query)));
        codes.ShouldBeSubsetOf(match.Hits.Take(3).Select(hit => hit.Product.Code));
    }

    [Theory]
    [InlineData("акб самсунг а51 не дороже 400", "К-00000109")]
    [InlineData("чехол айфон 12 рпо", "К-00000107")]
    [InlineData("bronya na iphone 15", "К-00000108")]
    [InlineData("2 колонки борофон br44", "К-00000110")]
    [InlineData("ребята, девушка просит колонку борофон синюю", "К-00000111")]
    public void Searches_are_read_as_people_write(string query, string code)
    {
        var match = Shop.Search(query);

        match.Decision.ShouldBe(ProductDecision.Answer, string.Join('\n', Shop.Explain(query)));
        match.Hits[0].Product.Code.ShouldBe(code, string.Join('\n', Shop.Explain(query)));
    }

    [Fact]
    public void What_was_relaxed_is_said()
    {
        var match = Shop.Search("ремешок эпл вотч 44 красный");

        match.Hits[0].Product.Code.ShouldBe("К-00000114");
        match.Relaxed.ShouldBe(["красный"]);
    }

    [Fact]
    public void Prices_out_of_the_limits_are_left_out() =>
        Shop.Search("колонка до 500").Hits.ShouldAllBe(hit => hit.Product.Price <= 500);

    [Fact]
    public void The_attribute_that_splits_best_is_offered()
    {
        var facet = Shop.Search("колонка борофон").Facet.ShouldNotBeNull();

        facet.Kind.ShouldBe(FacetKind.Colour);
        facet.Values.Select(value => value.Label).ShouldBe(["синий", "черный"], ignoreOrder: true);
    }

    [Fact]
    public void A_long_list_is_searched_as_a_short_one()
    {
        string[] colours = ["черный", "белый", "синий"];
        var search = ProductSearch.Build([.. Enumerable.Range(0, 30_000).Select(i => Part($"К-{i + 1:00000000}", $"Чехол совместим с Honor {i / 3} {colours[i % 3]}", 100, "Чехлы"))]);

        foreach (var i in (int[])[0, 777, 15_001, 29_999])
            search.Search($"чехол honor {i / 3} {colours[i % 3]}").Hits[0].Product.Code.ShouldBe($"К-{i + 1:00000000}");
    }

    [Fact]
    public void An_empty_list_has_nothing() => ProductSearch.Build([]).Search("дисплей айфон 11").Decision.ShouldBe(ProductDecision.Nothing);

    [Fact]
    public void Any_text_is_searched_without_an_exception() =>
        Prop.ForAll<string?>(text => Shop.Search(text ?? "").Hits.Count <= ProductSearch.MaxHits).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("5 10 шт")]
    [InlineData("не дороже 5")]
    [InlineData("и чехол и")]
    [InlineData("без")]
    [InlineData("'")]
    [InlineData("ст")]
    public void Odd_texts_are_searched(string query) => Shop.Search(query).Hits.Count.ShouldBeLessThanOrEqualTo(ProductSearch.MaxHits);

    [Fact]
    public void Any_words_of_searches_in_any_order_are_searched()
    {
        string[] words = ["5", "10", "шт", "не", "дороже", "450", "и", "или", "без", "чехол", "11", "про", "код", "ут", "а", "51", "s", "от", "до", "2к", "/", "[f,", "метра", "полтора", "ь3", ","];
        Prop.ForAll<int[]>(picks => Shop.Search(string.Join(' ', picks.Select(pick => words[(int)((uint)pick % words.Length)]))).Confidence is >= 0 and <= 1).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("а")]
    [InlineData("11 ")]
    [InlineData("про/макс ")]
    [InlineData("до 5 от 6 ")]
    [InlineData("5 10 шт ")]
    [InlineData("и без или ")]
    [InlineData("🐎")]
    [InlineData("(.*)+\\d{1,9} ")]
    [InlineData("'; DROP TABLE price; -- ")]
    [InlineData("עברית عربى ")]
    [InlineData("9999999999999999999999 ")]
    public void Hostile_texts_are_bounded(string piece) =>
        Shop.Search(string.Concat(Enumerable.Repeat(piece, 10_000))).Hits.Count.ShouldBeLessThanOrEqualTo(ProductSearch.MaxHits);

    [Fact]
    public void Many_threads_find_the_same() =>
        Enumerable.Range(0, 64).AsParallel().Select(_ => Shop.Search("дисплей айфон 11").Hits[0].Product.Code).Distinct().ShouldHaveSingleItem();

    private static Product Part(string code, string name, decimal price, string category) => new(code, name, price, $"{price}", ["Магазин", category], 1);
}
