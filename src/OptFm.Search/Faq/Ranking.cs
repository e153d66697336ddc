using System.Runtime.InteropServices;

namespace OptFm.Search.Faq;

/// <summary>An entry, by its number or its place among the candidates, and its ranking score.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Ranked(int Entry, float Score);

/// <summary>The best entries of one query at a time, best first; ties go to the entry that comes first.</summary>
internal sealed class Ranking
{
    public const int Most = 12;
    private readonly Ranked[] _best = new Ranked[Most];
    private int _count;

    public ReadOnlySpan<Ranked> Best => _best.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Add(Ranked ranked)
    {
        var place = _count;
        while (place > 0 && IsBefore(ranked, _best[place - 1])) place--;
        if (place == Most) return;
        if (_count < Most) _count++;
        for (var i = _count - 1; i > place; i--) _best[i] = _best[i - 1];
        _best[place] = ranked;
    }

    /// <returns>The softmax share of a score among the best.</returns>
    public float Share(float score)
    {
        float sum = 0;
        foreach (var other in Best) sum += MathF.Exp(other.Score - score);
        return 1 / sum;
    }

    private static bool IsBefore(Ranked a, Ranked b) => a.Score != b.Score ? a.Score > b.Score : a.Entry < b.Entry;
}
