using OptFm.Search.Text.Russian;

namespace OptFm.Search.Text;

/// <summary>
/// THE order of text steps for what is indexed: normalise, split into words, fold look-alike letters, stem. Queries take the same
/// steps and, where the index does not know a word, the repairs of <see cref="QueryReader"/>. Latin words keep their endings, since in
/// Russian text they are names: stemmed as English, they gain the FAQ nothing and cost the price list 1.2 points of right answers.
/// </summary>
public static class TextAnalyzer
{
    public static List<Word> Read(string text) => ReadNormalised(Normalisation.Apply(text));

    public static List<Word> ReadNormalised(ReadOnlySpan<char> text)
    {
        var tokens = Tokens.Split(text);
        var words = new List<Word>(tokens.Count);
        foreach (var token in tokens) words.Add(ReadWord(token));
        return words;
    }

    /// <param name="token">Normalised, letters only or digits only.</param>
    public static Word ReadWord(string token)
    {
        var word = LookAlikes.Apply(token);
        return new Word(word, RussianStemmer.Stem(word), StopWords.Contains(word));
    }
}
