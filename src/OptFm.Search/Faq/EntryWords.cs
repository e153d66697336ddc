using OptFm.Search.Text;

namespace OptFm.Search.Faq;

/// <summary>The words of one entry, read when somebody asks for reasons or follows an answer up; matching itself uses the index.</summary>
internal sealed class EntryWords
{
    private readonly List<Piece> _pieces = [];
    private readonly Synonyms _synonyms;

    private EntryWords(Synonyms synonyms) => _synonyms = synonyms;

    private sealed record Piece(FaqPart Part, string Text, List<Word> Words, List<int>?[] Concepts);

    public static EntryWords Of(FaqEntry entry, Synonyms synonyms)
    {
        var words = new EntryWords(synonyms);
        words.Add(FaqPart.Question, [entry.Question]);
        words.Add(FaqPart.Phrasing, entry.Phrasings);
        words.Add(FaqPart.Keyword, entry.Keywords);
        words.Add(FaqPart.Answer, entry.Answer.Split('\n'));
        return words;
    }

    /// <returns>Each word with the places the entry has it in.</returns>
    public IReadOnlyList<FaqWord> Explain(List<QueryWord> query)
    {
        var concepts = _synonyms.Find(query.ConvertAll(word => word.Word));
        return [.. query.Select((word, i) => new FaqWord(word.Typed, word.Word.Text, word.Repair, word.Word.IsWeak, Places(word.Word, concepts[i])))];
    }

    private List<FaqWordPlace> Places(Word word, List<int>? concepts) =>
        [.. Enum.GetValues<FaqPart>().Select(part => Find(part, other => other.Stem == word.Stem, null) ?? Find(part, _ => false, concepts)).OfType<FaqWordPlace>()];

    private FaqWordPlace? Find(FaqPart part, Func<Word, bool> isSame, List<int>? concepts)
    {
        foreach (var piece in _pieces)
        {
            if (piece.Part != part) continue;
            for (var i = 0; i < piece.Words.Count; i++)
            {
                if (isSame(piece.Words[i])) return new(part, piece.Text, piece.Words[i].Text, IsSynonym: false);
                if (concepts is not null && piece.Concepts[i]?.Exists(concepts.Contains) == true) return new(part, piece.Text, piece.Words[i].Text, IsSynonym: true);
            }
        }

        return null;
    }

    private void Add(FaqPart part, IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            var words = TextAnalyzer.Read(text);
            if (words.Count > 0) _pieces.Add(new(part, text.Trim(), words, _synonyms.Find(words)));
        }
    }
}
