using OptFm.Search.Faq;
using OptFm.Server.Channels;
using OptFm.Server.Faq;

namespace OptFm.Server.Answers;

/// <summary>The FAQ as a menu of topics and questions, page by page. Every page is numbered from 1.</summary>
internal sealed class FaqMenu(FaqSnapshot faq, Phrases phrases)
{
    private const int PageSize = 8;

    /// <returns>Null when there is no such page.</returns>
    public Reply? Root(int page) => faq.HasCategories
        ? Page(phrases[PhraseList.MenuTopics], page, faq.Categories, Topic, Payload.MenuPage, [])
        : Page(phrases[PhraseList.MenuQuestions], page, faq.Entries, (entry, _) => Question(entry), Payload.MenuPage, []);

    /// <returns>Null when there is no such category or page.</returns>
    public Reply? Category(int number, int page)
    {
        if (!faq.HasCategories || number < 1 || number > faq.Categories.Count) return null;

        var category = faq.Categories[number - 1];
        var title = phrases.Fill(PhraseList.MenuTopic, ("topic", Markup.Escape(Name(category))));
        var back = new Button(phrases[PhraseList.ButtonTopics], Payload.MenuPage((number - 1) / PageSize + 1));
        return Page(title, page, category.Entries, (entry, _) => Question(entry), p => Payload.Category(number, p), [back]);
    }

    public static Button Question(FaqEntry entry) => new(Label.Of(entry.Question), Payload.Entry(entry.Id));

    private Button Topic(FaqCategory category, int number) => new(Label.Of(Name(category)), Payload.Category(number, 1));

    private string Name(FaqCategory category) => category.Name ?? phrases[PhraseList.OtherTopic];

    private Reply? Page<T>(string title, int page, IReadOnlyList<T> items, Func<T, int, Button> button, Func<int, string> payload, IReadOnlyList<Button> back)
    {
        var pages = (items.Count + PageSize - 1) / PageSize;
        if (page < 1 || page > pages) return null;

        var first = (page - 1) * PageSize;
        var rows = items.Skip(first).Take(PageSize).Select((item, i) => (IReadOnlyList<Button>)[button(item, first + i + 1)]).ToList();
        if (Turns(page, pages, payload) is { Count: > 0 } turns) rows.Add(turns);
        if (back.Count > 0) rows.Add(back);
        var counted = pages == 1 ? title : $"{title}\n" + phrases.Fill(PhraseList.MenuPage, ("page", $"{page}"), ("pages", $"{pages}"));
        return new(counted, new Keyboard(rows));
    }

    private List<Button> Turns(int page, int pages, Func<int, string> payload)
    {
        var turns = new List<Button>();
        if (page > 1) turns.Add(new(phrases[PhraseList.ButtonPrevious], payload(page - 1)));
        if (page < pages) turns.Add(new(phrases[PhraseList.ButtonNext], payload(page + 1)));
        return turns;
    }
}
