using OptFm.Search.Index;
using OptFm.Search.Text;
using OptFm.Search.Text.Russian;

namespace OptFm.Search.Faq;

/// <summary>One piece of an entry that is matched on its own.</summary>
internal sealed record FaqText(int Entry, Field Field, List<Word> Words);

/// <summary>Character n-grams of each text, and of each entry as a whole.</summary>
internal sealed record FaqNgrams(NgramIndex Texts, NgramIndex Entries);

/// <summary>Cuts entries into texts: the question, each phrasing, each keyword, each line of the answer.</summary>
internal static class FaqTexts
{
    public static List<FaqText> Of(IReadOnlyList<FaqEntry> entries)
    {
        var texts = new List<FaqText>(entries.Count * 16);
        for (var i = 0; i < entries.Count; i++)
        {
            Add(texts, i, Field.Question, [entries[i].Question]);
            Add(texts, i, Field.Question, entries[i].Phrasings);
            Add(texts, i, Field.Keyword, entries[i].Keywords);
            Add(texts, i, Field.Answer, entries[i].Answer.Split('\n'));
        }

        return texts;
    }

    public static TextIndex Index(List<FaqText> texts, int entryCount, Synonyms synonyms)
    {
        var builder = new TextIndexBuilder(synonyms);
        foreach (var (entry, field, words) in texts) builder.Add(entry, field, words);
        return builder.Build(entryCount);
    }

    public static FaqNgrams Ngrams(List<FaqText> texts, int entryCount)
    {
        var words = texts.ConvertAll(text => Strong(text.Words));
        var entries = new List<string>[entryCount];
        for (var entry = 0; entry < entryCount; entry++) entries[entry] = [];
        for (var i = 0; i < texts.Count; i++) entries[texts[i].Entry].AddRange(words[i]);
        return new FaqNgrams(new NgramIndex(words, byText: true), new NgramIndex(entries, byText: false));
    }

    public static Vocabulary Vocabulary(List<FaqText> texts, Lexicon lexicon) =>
        new([.. texts.SelectMany(text => text.Words), .. lexicon.Synonyms.Words, .. StopWords.All, .. lexicon.Generic, .. lexicon.Other]);

    /// <returns>The words that are not stop words, or all of them when there are no others.</returns>
    public static List<string> Strong(List<Word> words)
    {
        var strong = new List<string>(words.Count);
        foreach (var word in words)
            if (!word.IsWeak) strong.Add(word.Text);
        return strong.Count > 0 ? strong : words.ConvertAll(word => word.Text);
    }

    private static void Add(List<FaqText> texts, int entry, Field field, IReadOnlyList<string> written)
    {
        foreach (var text in written)
        {
            var words = TextAnalyzer.Read(text);
            if (words.Count > 0) texts.Add(new FaqText(entry, field, words));
        }
    }
}
