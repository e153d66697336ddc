using OptFm.Search.Index;

namespace OptFm.Server.Answers;

/// <summary>One pleasantry, word by word.</summary>
/// <param name="Words">As <see cref="SpokenWord"/> hears them.</param>
internal sealed record SmallTalkPhrase(SmallTalkKind Kind, string[] Words)
{
    public bool IsAt(List<SpokenWord> words, int at)
    {
        for (var i = 0; i < Words.Length; i++)
        {
            if (!Sounds(Words[i], words[at + i].Text)) return false;
        }

        return true;
    }

    /// <summary>
    /// Long words forgive a slip, the longest two. Short ones do not: "привез" is not "привет". In company ("добрый день") shorter ones do too.
    /// The first letter must be right.
    /// </summary>
    private bool Sounds(string expected, string given)
    {
        if (expected[0] != given[0]) return false;
        if (expected == given) return true;

        var slips = expected.Length >= 11 ? 2 : expected.Length >= (Words.Length > 1 ? 4 : 7) ? 1 : 0;
        return slips > 0 && EditDistance.Between(expected, given, slips) <= slips;
    }
}
