namespace OptFm.Search.Text.English;

/// <summary>A word being stemmed, with the regions R1 and R2 of Snowball. A y that sounds as a consonant is written Y meanwhile.</summary>
internal sealed class StemBuffer
{
    private static readonly string[] LongPrefixes = ["gener", "commun", "arsen"];
    private readonly char[] _letters;
    private readonly int _r1;
    private readonly int _r2;

    public StemBuffer(string word)
    {
        _letters = new char[word.Length + 1];
        word.CopyTo(_letters);
        Length = word.Length;
        for (var i = 0; i < Length; i++)
            if (_letters[i] == 'y' && (i == 0 || IsVowel(i - 1))) _letters[i] = 'Y';
        var prefix = LongPrefixes.FirstOrDefault(prefix => word.StartsWith(prefix, StringComparison.Ordinal));
        _r1 = prefix?.Length ?? AfterVowelAndConsonant(0);
        _r2 = AfterVowelAndConsonant(_r1);
    }

    public int Length { get; private set; }

    public string Text => new string(_letters, 0, Length).Replace('Y', 'y');

    /// <summary>Ends in a short syllable, with nothing in R1.</summary>
    public bool IsShort => _r1 >= Length && EndsInShortSyllable(Length);

    public bool EndsInDouble => Length > 1 && this[^1] == this[^2] && this[^1] is 'b' or 'd' or 'f' or 'g' or 'm' or 'n' or 'p' or 'r' or 't';

    public char this[System.Index index] => _letters[index.GetOffset(Length)];

    public bool EndsWith(string suffix) => _letters.AsSpan(0, Length).EndsWith(suffix);

    /// <summary>Whether the last so many letters are in R1.</summary>
    public bool InR1(int count) => Length - count >= _r1;

    public bool InR2(int count) => Length - count >= _r2;

    public void Cut(int count) => Length -= count;

    public void Append(char letter) => _letters[Length++] = letter;

    /// <param name="count">Letters cut; not fewer than come instead, less one.</param>
    public void Replace(int count, string by)
    {
        Length -= count;
        foreach (var letter in by) Append(letter);
    }

    public bool IsVowel(int i) => _letters[i] is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    public bool HasVowelBefore(int end)
    {
        for (var i = 0; i < end; i++)
            if (IsVowel(i)) return true;
        return false;
    }

    /// <summary>A vowel between consonants, the last none of w, x, Y; or a vowel that begins the word, and a consonant.</summary>
    public bool EndsInShortSyllable(int end)
    {
        if (end == 2) return IsVowel(0) && !IsVowel(1);
        return end > 2 && !IsVowel(end - 3) && IsVowel(end - 2) && !IsVowel(end - 1) && _letters[end - 1] is not ('w' or 'x' or 'Y');
    }

    private int AfterVowelAndConsonant(int from)
    {
        var i = from;
        while (i < Length && !IsVowel(i)) i++;
        while (i < Length && IsVowel(i)) i++;
        return Math.Min(i + 1, Length);
    }
}
