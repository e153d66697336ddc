using System.Globalization;
using OptFm.Search.Products;
using OptFm.Server.Channels;
using OptFm.Server.Products;

namespace OptFm.Server.Answers;

/// <summary>What the bot says of goods: five to a page, with buttons for more, for narrowing and for the categories.</summary>
internal sealed class ProductReplies(PriceSnapshot price, Phrases phrases)
{
    private const int PageSize = 5;
    private const int MostCategories = 5;
    private const int CategoryPageSize = 8;

    /// <summary>What an answer about goods is remembered by.</summary>
    public string ListName => price.Report.Heading.Length > 0 ? price.Report.Heading : phrases[PhraseList.PriceList];

    /// <returns>Null when there is no such page.</returns>
    public Reply? Page(ProductTopic topic, ProductMatch match, int page)
    {
        var found = Found(topic, match);
        var first = (page - 1) * PageSize;
        if (page < 1 || first >= found.Count) return null;
        var shown = found.Skip(first).Take(PageSize).ToList();
        var title = Title(topic, match, topic.Leaf is null ? Math.Max(match.Total, 1) : found.Count);
        var rows = new List<IReadOnlyList<Button>>();
        if (found.Count > first + PageSize) rows.Add([new(phrases[PhraseList.ButtonMoreProducts], ProductPayload.Page(topic, page + 1))]);
        if (page == 1 && topic.Leaf is null) rows.AddRange(Narrowing(topic, match));
        rows.Add([CategoriesButton]);
        return new(title + "\n\n" + Items(shown), new Keyboard(rows));
    }

    private string Title(ProductTopic topic, ProductMatch match, int total)
    {
        var list = ("list", Markup.Escape(ListName));
        if (topic.Leaf is not null || match.Decision == ProductDecision.Answer) return phrases.Fill(PhraseList.PriceFound, list, ("total", $"{total}"));
        return match.Relaxed.Count > 0
            ? phrases.Fill(PhraseList.PriceRelaxed, list, ("relaxed", Markup.Escape(string.Join(' ', match.Relaxed))))
            : phrases.Fill(PhraseList.PriceSimilar, list);
    }

    public Reply Nothing(ProductMatch match, string greeting)
    {
        var text = match.ByCode ? phrases.Fill(PhraseList.PriceNoCode, ("code", Markup.Escape(match.Required[0]))) : phrases[PhraseList.PriceNothing];
        var nearest = match.Categories.Select(price.Categories.Leaf).OfType<PriceCategory>().Take(MostCategories).Select(Open);
        return new(After(greeting, text), Keyboard.Column([.. nearest, CategoriesButton]));
    }

    /// <returns>Null when there is no such page.</returns>
    public Reply? Categories(int page) => Menu(phrases[PhraseList.PriceCategories], price.Categories.Roots, page, ProductPayload.Categories, []);

    /// <returns>Null when there is no such category or page.</returns>
    public Reply? Category(string key, int page)
    {
        if (price.Categories.Find(key) is not { } category) return null;
        var title = phrases.Fill(PhraseList.PriceCategory, ("category", Markup.Escape(category.Name)));
        var up = new Button(phrases[PhraseList.ButtonUp], price.Categories.Above(category) is { } above ? ProductPayload.Category(above, 1) : ProductPayload.Categories(1));
        if (category.Children.Count > 0) return Menu(title, category.Children, page, next => ProductPayload.Category(category, next), [up]);
        var first = (page - 1) * PageSize;
        if (page < 1 || first >= category.Products.Count) return null;
        var rows = new List<IReadOnlyList<Button>>();
        if (category.Products.Count > first + PageSize) rows.Add([new(phrases[PhraseList.ButtonMoreProducts], ProductPayload.Category(category, page + 1))]);
        rows.Add([up]);
        return new(title + "\n\n" + Items([.. category.Products.Skip(first).Take(PageSize)]), new Keyboard(rows));
    }

    public Reply Brands()
    {
        var buttons = price.Brands.Select(brand => ProductPayload.Brand(brand) is { } payload ? new Button(brand, payload) : null).OfType<Button>();
        return new(phrases[PhraseList.PriceBrands], new Keyboard([.. buttons.Chunk(3).Select(row => (IReadOnlyList<Button>)row), [CategoriesButton]]));
    }

    /// <summary>Goods or the FAQ: the customer knows.</summary>
    public Reply Ask(ProductTopic topic, Search.Faq.FaqEntry entry, string greeting) =>
        new(After(greeting, phrases[PhraseList.PriceOrFaq]), Keyboard.Column([new(phrases[PhraseList.ButtonProducts], ProductPayload.Page(topic, 1)), FaqMenu.Question(entry)]));

    public Reply SearchHint() => new(phrases[PhraseList.PriceSearch], Keyboard.Column([CategoriesButton]));

    /// <summary>The categories for a button that means nothing any more.</summary>
    public Reply Stale()
    {
        var menu = Categories(1) ?? SearchHint();
        return menu with { Text = After(phrases[PhraseList.Stale], menu.Text) };
    }

    public static string After(string first, string then) => first.Length == 0 ? then : $"{first}\n\n{then}";

    private Button CategoriesButton => new(phrases[PhraseList.ButtonCategories], ProductPayload.CategoriesBelow);

    private static List<Product> Found(ProductTopic topic, ProductMatch match) =>
        [.. match.Hits.Take(match.Total).Where(hit => topic.Leaf is null || hit.Product.Leaf == topic.Leaf).Select(hit => hit.Product)];

    private static IEnumerable<IReadOnlyList<Button>> Narrowing(ProductTopic topic, ProductMatch match)
    {
        if (match.Facet is not { } facet || match.Total <= PageSize) return [];
        var buttons = facet.Values.Select((value, i) => new Button(Label.Of(value.Label), ProductPayload.Value(topic, i)));
        return buttons.Chunk(facet.Kind == FacetKind.Category ? 1 : 2).Select(row => (IReadOnlyList<Button>)row);
    }

    private Reply? Menu(string title, IReadOnlyList<PriceCategory> categories, int page, Func<int, string> payload, IReadOnlyList<Button> up)
    {
        var pages = (categories.Count + CategoryPageSize - 1) / CategoryPageSize;
        if (page < 1 || page > pages) return null;
        var rows = categories.Skip((page - 1) * CategoryPageSize).Take(CategoryPageSize).Select(category => (IReadOnlyList<Button>)[Open(category)]).ToList();
        var turns = new List<Button>();
        if (page > 1) turns.Add(new(phrases[PhraseList.ButtonPrevious], payload(page - 1)));
        if (page < pages) turns.Add(new(phrases[PhraseList.ButtonNext], payload(page + 1)));
        if (turns.Count > 0) rows.Add(turns);
        if (up.Count > 0) rows.Add(up);
        return new(title, new Keyboard(rows));
    }

    private static Button Open(PriceCategory category) =>
        new(Label.Of($"{category.Name} ({category.Count.ToString(CultureInfo.InvariantCulture)})"), ProductPayload.Category(category, 1));

    private string Items(IReadOnlyList<Product> products)
    {
        var items = string.Join("\n\n", products.Select(Item));
        var onSale = products.Any(product => product.Status.StartsWith("Распродажа", StringComparison.OrdinalIgnoreCase));
        return onSale && price.Report.Note.Length > 0 ? $"{items}\n\n{Markup.Escape(price.Report.Note)}" : items;
    }

    private string Item(Product product) => phrases.Fill(
        PhraseList.PriceItem,
        ("name", Markup.Escape(product.Name)),
        ("price", Markup.Escape(product.PriceText)),
        ("status", product.Status.Length > 0 ? phrases.Fill(PhraseList.PriceStatus, ("status", Markup.Escape(product.Status))) : ""),
        ("code", Markup.Escape(product.Code)));
}
