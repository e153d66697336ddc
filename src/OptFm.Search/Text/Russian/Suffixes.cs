namespace OptFm.Search.Text.Russian;

/// <summary>The suffix classes of the Snowball stemmer for Russian, each sorted longest first.</summary>
internal static class Suffixes
{
    // Those in the first list of a class only count after а or я, which stays.
    public static readonly Suffix[] Gerund = Class("вшись вши в", "ывшись ившись ывши ивши ыв ив");
    public static readonly Suffix[] Reflexive = Class("", "ся сь");
    public static readonly Suffix[] Adjective = Class("", "ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею");
    public static readonly Suffix[] Participle = Class("ем нн вш ющ щ", "ивш ывш ующ");
    public static readonly Suffix[] Verb = Class(
        "ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно",
        "ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю");
    public static readonly Suffix[] Noun = Class(
        "", "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я");
    public static readonly Suffix[] Superlative = Class("", "ейше ейш");
    public static readonly Suffix[] Derivational = Class("", "ость ост");

    internal sealed record Suffix(string Text, bool AfterA)
    {
        public char Last { get; } = Text[^1];
    }

    /// <returns>The length without the longest suffix found inside the region, or null when none applies.</returns>
    public static int? Cut(ReadOnlySpan<char> word, int region, Suffix[] suffixes)
    {
        if (region >= word.Length) return null;
        var last = word[^1];
        foreach (var suffix in suffixes)
        {
            if (suffix.Last != last || !word[region..].EndsWith(suffix.Text)) continue;
            var end = word.Length - suffix.Text.Length;
            if (!suffix.AfterA) return end;
            return end > region && word[end - 1] is 'а' or 'я' ? end : null;
        }

        return null;
    }

    private static Suffix[] Class(string afterA, string plain) =>
        [.. Split(afterA, true).Concat(Split(plain, false)).OrderByDescending(suffix => suffix.Text.Length)];

    private static IEnumerable<Suffix> Split(string suffixes, bool afterA) =>
        suffixes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => new Suffix(text, afterA));
}
