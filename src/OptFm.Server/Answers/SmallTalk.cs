using System.Globalization;
using System.Text;

namespace OptFm.Server.Answers;

/// <summary>Kinds of pleasantry; where a message has several, the last of them decides the reply.</summary>
public enum SmallTalkKind
{
    None,
    Okay,
    Greeting,
    Thanks,
    Farewell,
}

/// <summary>A message taken apart into pleasantries and the rest.</summary>
/// <param name="Kind">Of the pleasantries found.</param>
/// <param name="Rest">The question without them; empty when there is nothing else in the message.</param>
/// <param name="Greets">Whether a greeting is among them.</param>
public sealed record SmallTalk(SmallTalkKind Kind, string Rest, bool Greets)
{
    public bool IsAll => Kind != SmallTalkKind.None && Rest.Length == 0;

    public static SmallTalk Read(string text)
    {
        var words = SpokenWord.Read(text);
        if (words.Count == 0) return Symbols(text);

        var all = SmallTalkTrim.Run(words, SmallTalkWords.All);
        if (all.Kind != SmallTalkKind.None && words[all.Start..all.End].TrueForAll(w => SmallTalkWords.Fillers.Contains(w.Text)))
            return new(all.Kind, "", all.Greets);

        var sure = SmallTalkTrim.Run(words, SmallTalkWords.Sure);
        if (sure.Kind == SmallTalkKind.None) return new(SmallTalkKind.None, text.Trim(), Greets: false);
        return new(sure.Kind, Between(text, words, sure), sure.Greets);
    }

    private static string Between(string text, List<SpokenWord> words, SmallTalkTrim trim)
    {
        if (trim.Start >= trim.End) return "";

        var end = trim.End == words.Count ? text.Length : words[trim.End].Start;
        return text[words[trim.Start].Start..end].Trim();
    }

    /// <summary>A message without letters and digits: emoji, a smile of brackets, a plus for "yes".</summary>
    private static SmallTalk Symbols(string text)
    {
        var kind = SmallTalkKind.None;
        foreach (var rune in text.EnumerateRunes())
        {
            var found = SmallTalkWords.Symbols.GetValueOrDefault(rune.Value, IsSymbol(rune) ? SmallTalkKind.Okay : SmallTalkKind.None);
            if (found > kind) kind = found;
        }

        return new(kind, kind == SmallTalkKind.None ? text.Trim() : "", kind == SmallTalkKind.Greeting);
    }

    private static bool IsSymbol(Rune rune) => rune.Value is '+' or ')' || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol;
}
