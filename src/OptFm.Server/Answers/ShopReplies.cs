using OptFm.Search.Faq;
using OptFm.Server.Channels;
using OptFm.Server.Faq;

namespace OptFm.Server.Answers;

/// <summary>The replies that several steps give.</summary>
internal sealed class ShopReplies(FaqSnapshot faq, Phrases phrases)
{
    private const int MostRelated = 4;

    public FaqMenu Menu { get; } = new(faq, phrases);

    public Greetings Greetings { get; } = new(phrases);

    private Button FaqButton => new(phrases[PhraseList.ButtonFaq], Payload.Menu);

    private Button ContactsButton => new(phrases[PhraseList.ButtonContacts], Payload.Contacts);

    /// <summary>An entry's answer with its related questions below.</summary>
    /// <param name="greeting">Markup to stand before it, or empty.</param>
    public Reply Entry(FaqEntry entry, string greeting = "") => Entries([entry], greeting);

    /// <summary>One answer below the other, with the related questions of all.</summary>
    public Reply Entries(IReadOnlyList<FaqEntry> entries, string greeting = "")
    {
        var text = string.Join("\n\n", entries.Select(Text));
        var related = entries.SelectMany(faq.RelatedTo).DistinctBy(entry => entry.Id).ExceptBy(entries.Select(entry => entry.Id), entry => entry.Id);
        var buttons = related.Take(MostRelated).Select(FaqMenu.Question);
        return new(After(greeting, text), Keyboard.Column([.. buttons, new(phrases[PhraseList.ButtonMore], Payload.Menu)]));
    }

    /// <summary>"Did you mean", and the way to a human.</summary>
    public Reply Suggest(IEnumerable<FaqEntry> entries, string greeting) =>
        new(After(greeting, phrases[PhraseList.Suggest]), Keyboard.Column([.. entries.Select(FaqMenu.Question), ContactsButton]));

    /// <summary>A phrase that tells the shop's contacts.</summary>
    public Reply WithContacts(Phrase phrase, string greeting = "") =>
        new(After(greeting, phrases.Fill(phrase, ("contacts", phrases[PhraseList.Contacts]))), Keyboard.Column([FaqButton]));

    public Reply Contacts() => new(phrases[PhraseList.Contacts], Keyboard.Column([FaqButton]));

    public Reply Help(string before = "") => Guide(After(before, phrases[PhraseList.Help]));

    /// <summary>A text with the two buttons that always help.</summary>
    public Reply Guide(string text) => new(text, Keyboard.Column([FaqButton, ContactsButton]));

    public Reply MenuPage() => Menu.Root(1) ?? Help();

    /// <summary>The menu for a button that means nothing any more.</summary>
    public Reply Stale()
    {
        var menu = MenuPage();
        return menu with { Text = After(phrases[PhraseList.Stale], menu.Text) };
    }

    private string Text(FaqEntry entry) => phrases.Fill(PhraseList.Answer, ("question", Markup.Escape(entry.Question)), ("answer", entry.Answer));

    private static string After(string first, string then) => first.Length == 0 ? then : $"{first}\n\n{then}";
}
