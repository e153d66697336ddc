namespace OptFm.Server.Answers;

/// <summary>What is left of a message's words, from <paramref name="Start"/> to before <paramref name="End"/>, without pleasantries at both ends.</summary>
internal readonly record struct SmallTalkTrim(int Start, int End, SmallTalkKind Kind, bool Greets)
{
    public static SmallTalkTrim Run(List<SpokenWord> words, SmallTalkPhrase[] phrases)
    {
        var trim = new SmallTalkTrim(0, words.Count, SmallTalkKind.None, Greets: false);
        while (trim.Start < trim.End && Find(words, phrases, trim, atEnd: false) is { } first) trim = trim.With(first) with { Start = trim.Start + first.Words.Length };
        while (trim.Start < trim.End && Find(words, phrases, trim, atEnd: true) is { } last) trim = trim.With(last) with { End = trim.End - last.Words.Length };
        return trim;
    }

    private SmallTalkTrim With(SmallTalkPhrase phrase) =>
        this with { Kind = phrase.Kind > Kind ? phrase.Kind : Kind, Greets = Greets || phrase.Kind == SmallTalkKind.Greeting };

    private static SmallTalkPhrase? Find(List<SpokenWord> words, SmallTalkPhrase[] phrases, SmallTalkTrim trim, bool atEnd)
    {
        foreach (var phrase in phrases)
        {
            var at = atEnd ? trim.End - phrase.Words.Length : trim.Start;
            if (at >= trim.Start && at + phrase.Words.Length <= trim.End && phrase.IsAt(words, at)) return phrase;
        }

        return null;
    }
}
