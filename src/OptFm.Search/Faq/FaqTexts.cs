using OptFm.Search.Index;
using OptFm.Search.Text;
using OptFm.Search.Text.Russian;

namespace OptFm.Search.Faq;

/// <summary>One piece of an entry that is matched on its own.</summary>
internal sealed record FaqText(int Entry, Field Field, string Text);

/// <summary>Character n-grams of each text, and of each entry as a whole.</summary>
internal sealed record FaqNgrams(NgramIndex Texts, NgramIndex Entries);

/// <summary>Cuts entries into texts: the question, each phrasing, each keyword, each line of the answer.</summary>
internal static class FaqTexts
{
    public static List<FaqText> Of(IReadOnlyList<FaqEntry> entries)
    {
        var texts = new List<FaqText>();
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            texts.Add(new FaqText(i, Field.Question, entry.Question));
            texts.AddRange(entry.Phrasings.Select(phrasing => new FaqText(i, Field.Question, phrasing)));
            texts.AddRange(entry.Keywords.Select(keyword => new FaqText(i, Field.Keyword, keyword)));
            texts.AddRange(entry.Answer.Split('\n').Select(line => new FaqText(i, Field.Answer, line)));
        }

        return [.. texts.Where(text => TextAnalyzer.Read(text.Text).Count > 0)];
    }

    public static TextIndex Index(List<FaqText> texts, int entryCount, Synonyms synonyms)
    {
        var builder = new TextIndexBuilder(synonyms);
        foreach (var (entry, field, text) in texts) builder.Add(entry, field, text);
        return builder.Build(entryCount);
    }

    public static FaqNgrams Ngrams(List<FaqText> texts, int entryCount)
    {
        var words = texts.ConvertAll(text => Strong(TextAnalyzer.Read(text.Text)));
        var entries = Enumerable.Range(0, entryCount).Select(_ => new List<string>()).ToArray();
        for (var i = 0; i < texts.Count; i++) entries[texts[i].Entry].AddRange(words[i]);
        return new FaqNgrams(new NgramIndex(words), new NgramIndex(entries));
    }

    public static Vocabulary Vocabulary(List<FaqText> texts, Lexicon lexicon)
    {
        var own = texts.SelectMany(text => TextAnalyzer.Read(text.Text)).Select(word => word.Text);
        return new Vocabulary(own.Concat(lexicon.Synonyms.Words), [.. StopWords.All, .. lexicon.Generic, .. lexicon.Other]);
    }

    /// <returns>The words that are not stop words, or all of them when there are no others.</returns>
    public static List<string> Strong(IReadOnlyList<Word> words)
    {
        var strong = words.Where(word => !word.IsWeak).Select(word => word.Text).ToList();
        return strong.Count > 0 ? strong : [.. words.Select(word => word.Text)];
    }
}
