namespace OptFm.Search.Text;

/// <summary>
/// Words and short phrases that mean one thing, from a text file with one group per line: <c>оплата, оплатить, рассчитаться</c>.
/// A word may stand in several groups; <c>#</c> starts a comment. A group becomes a concept both texts and queries carry.
/// </summary>
public sealed class Synonyms
{
    private readonly Dictionary<string, List<Phrase>> _byFirstStem = [];

    private sealed record Phrase(string[] Stems, int Concept);

    public static Synonyms Parse(string file)
    {
        var synonyms = new Synonyms();
        foreach (var line in file.Split('\n'))
        {
            var group = line.Split('#')[0].Trim();
            if (group.Length > 0) synonyms.AddGroup(group);
        }

        return synonyms;
    }

    /// <summary>Groups read.</summary>
    public int Count { get; private set; }

    /// <summary>Surface forms in the file, so that typo repair can compare whole words; a word of several groups stands several times.</summary>
    public List<Word> Words { get; } = [];

    /// <returns>For each word, the concepts it belongs to, alone or as part of a phrase; null where there are none.</returns>
    public List<int>?[] Find(IReadOnlyList<Word> words)
    {
        var concepts = new List<int>?[words.Count];
        for (var start = 0; start < words.Count; start++)
        {
            if (!_byFirstStem.TryGetValue(words[start].Stem, out var phrases)) continue;
            foreach (var phrase in phrases)
                if (Matches(words, start, phrase.Stems)) Mark(concepts, start, phrase);
        }

        return concepts;
    }

    private static bool Matches(IReadOnlyList<Word> words, int start, string[] stems)
    {
        if (start + stems.Length > words.Count) return false;
        for (var i = 1; i < stems.Length; i++)
            if (words[start + i].Stem != stems[i]) return false;
        return true;
    }

    private static void Mark(List<int>?[] concepts, int start, Phrase phrase)
    {
        for (var i = start; i < start + phrase.Stems.Length; i++)
        {
            var found = concepts[i] ??= [];
            if (!found.Contains(phrase.Concept)) found.Add(phrase.Concept);
        }
    }

    private void AddGroup(string group)
    {
        var concept = Count++;
        foreach (var member in group.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = TextAnalyzer.Read(member);
            if (words.Count == 0) continue;
            Words.AddRange(words);
            var phrase = new Phrase([.. words.ConvertAll(word => word.Stem)], concept);
            if (!_byFirstStem.TryGetValue(phrase.Stems[0], out var phrases)) _byFirstStem[phrase.Stems[0]] = phrases = [];
            phrases.Add(phrase);
        }
    }
}
