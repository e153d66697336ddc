using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>Looks the tokens of a query up among the synonyms.</summary>
internal sealed class TokenConcepts(Synonyms synonyms, CommonNames names)
{
    /// <summary>The concepts each token belongs to, alone or in a phrase, as typed and by its common name.</summary>
    public List<int>?[] Of(List<Token> tokens, List<ReadWord?> read)
    {
        var words = ConceptWords(tokens, read, out var owner);
        var typed = synonyms.Find(words);
        var named = synonyms.Find(words.ConvertAll(word => word with { Stem = names.Of(word.Stem) }));
        var byToken = new List<int>?[tokens.Count];
        for (var i = 0; i < typed.Length; i++)
            if (typed[i] is not null || named[i] is not null)
                byToken[owner[i]] = [.. (byToken[owner[i]] ?? []).Concat(typed[i] ?? []).Concat(named[i] ?? []).Distinct()];
        return byToken;
    }

    /// <summary>Tokens as the words synonyms are looked up by: letters and digits apart.</summary>
    private static List<Word> ConceptWords(List<Token> tokens, List<ReadWord?> read, out List<int> owner)
    {
        var words = new List<Word>();
        owner = [];
        for (var i = 0; i < tokens.Count; i++)
        {
            var parts = read[i] is { } word ? [word.Text] : Tokens.Split(tokens[i].Text);
            foreach (var part in parts)
            {
                words.Add(new Word(part, part, false));
                owner.Add(i);
            }
        }

        return words;
    }
}
