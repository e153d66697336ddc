namespace OptFm.Search.Text.English;

/// <summary>
/// The Snowball stemmer for English, also called Porter2 (M. F. Porter), https://snowballstem.org/algorithms/english/stemmer.html.
/// </summary>
public static class EnglishStemmer
{
    /// <param name="word">Lower case, without apostrophes.</param>
    public static string Stem(string word)
    {
        if (word.Length <= 2) return word;
        if (Irregular.Stem(word) is { } stem) return stem;
        var letters = new StemBuffer(word);
        CutPlural(letters);
        if (Irregular.IsWhole(letters.Text)) return letters.Text;
        CutTense(letters);
        TurnFinalY(letters);
        Suffixes.ReplaceDouble(letters);
        Suffixes.ReplaceSingle(letters);
        Suffixes.CutLast(letters);
        CutFinalLetter(letters);
        return letters.Text;
    }

    /// <summary>Step 1a.</summary>
    private static void CutPlural(StemBuffer word)
    {
        if (word.EndsWith("sses")) word.Cut(2);
        else if (word.EndsWith("ied") || word.EndsWith("ies")) word.Cut(word.Length > 4 ? 2 : 1);
        else if (word.EndsWith("s") && !word.EndsWith("us") && !word.EndsWith("ss") && word.HasVowelBefore(word.Length - 2)) word.Cut(1);
    }

    /// <summary>Step 1b.</summary>
    private static void CutTense(StemBuffer word)
    {
        if (word.EndsWith("eedly") || word.EndsWith("eed"))
        {
            var cut = word.EndsWith("eedly") ? 3 : 1;
            if (word.InR1(cut + 2)) word.Cut(cut);
            return;
        }

        var length = Suffixes.TenseLength(word);
        if (length == 0 || !word.HasVowelBefore(word.Length - length)) return;
        word.Cut(length);
        if (word.EndsWith("at") || word.EndsWith("bl") || word.EndsWith("iz")) word.Append('e');
        else if (word.EndsInDouble) word.Cut(1);
        else if (word.IsShort) word.Append('e');
    }

    /// <summary>Step 1c.</summary>
    private static void TurnFinalY(StemBuffer word)
    {
        if (word.Length > 2 && word[^1] is 'y' or 'Y' && !word.IsVowel(word.Length - 2)) word.Replace(1, "i");
    }

    /// <summary>Step 5.</summary>
    private static void CutFinalLetter(StemBuffer word)
    {
        if (word.EndsWith("e") && (word.InR2(1) || (word.InR1(1) && !word.EndsInShortSyllable(word.Length - 1)))) word.Cut(1);
        else if (word.EndsWith("ll") && word.InR2(1)) word.Cut(1);
    }
}
