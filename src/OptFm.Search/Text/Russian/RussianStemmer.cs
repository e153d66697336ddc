namespace OptFm.Search.Text.Russian;

/// <summary>
/// The Snowball stemmer for Russian (M. F. Porter), https://snowballstem.org/algorithms/russian/stemmer.html.
/// It only ever cuts the end, so the stem is a prefix of the word.
/// </summary>
public static class RussianStemmer
{
    /// <param name="word">Lower case, ё already folded to е.</param>
    public static string Stem(string word) => word[..StemLength(word)];

    private static int StemLength(ReadOnlySpan<char> word)
    {
        var rv = AfterFirstVowel(word);
        if (rv == word.Length) return word.Length;
        var r2 = AfterConsonant(word, AfterConsonant(word, 0));
        var end = CutInflection(word, rv);
        if (end > rv && word[end - 1] == 'и') end--;
        end = CutDerivation(word[..end], Math.Max(rv, r2));
        return Tidy(word[..end], rv);
    }

    private static int CutInflection(ReadOnlySpan<char> word, int rv)
    {
        if (Suffixes.Cut(word, rv, Suffixes.Gerund) is { } gerund) return gerund;
        var reflexive = Suffixes.Cut(word, rv, Suffixes.Reflexive) ?? word.Length;
        word = word[..reflexive];
        if (Suffixes.Cut(word, rv, Suffixes.Adjective) is { } adjective)
            return Suffixes.Cut(word[..adjective], rv, Suffixes.Participle) ?? adjective;
        return Suffixes.Cut(word, rv, Suffixes.Verb) ?? Suffixes.Cut(word, rv, Suffixes.Noun) ?? word.Length;
    }

    private static int CutDerivation(ReadOnlySpan<char> word, int r2) => Suffixes.Cut(word, r2, Suffixes.Derivational) ?? word.Length;

    private static int Tidy(ReadOnlySpan<char> word, int rv)
    {
        if (Suffixes.Cut(word, rv, Suffixes.Superlative) is { } superlative) return Undouble(word[..superlative], rv);
        if (word.Length > rv && word[^1] == 'ь') return word.Length - 1;
        return Undouble(word, rv);
    }

    private static int Undouble(ReadOnlySpan<char> word, int rv) =>
        word.Length - 2 >= rv && word.EndsWith("нн") ? word.Length - 1 : word.Length;

    private static int AfterFirstVowel(ReadOnlySpan<char> word)
    {
        var i = 0;
        while (i < word.Length && !IsVowel(word[i])) i++;
        return Math.Min(i + 1, word.Length);
    }

    private static int AfterConsonant(ReadOnlySpan<char> word, int from)
    {
        var start = from + AfterFirstVowel(word[from..]);
        while (start < word.Length && IsVowel(word[start])) start++;
        return Math.Min(start + 1, word.Length);
    }

    private static bool IsVowel(char c) => c is 'а' or 'е' or 'и' or 'о' or 'у' or 'ы' or 'э' or 'ю' or 'я';
}
