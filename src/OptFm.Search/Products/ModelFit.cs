using System.Runtime.InteropServices;

namespace OptFm.Search.Products;

/// <summary>
/// Whether the numbers and marks of a wished model stand together in a product's name: of "iPhone 12/12 Pro" and "15/16/14 Pro" only
/// the first has a 12 Pro and only the second a plain 15.
/// </summary>
/// <param name="Apart">How many of the wish's model terms the best segment lacks.</param>
/// <param name="Unasked">Marks such as Pro that the best segment has and nobody asked for.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ModelFit(int Apart, int Unasked)
{
    public static ModelFit Of(ReadOnlySpan<int> segments, IReadOnlyList<Wish> model, IReadOnlyList<Wish> wishes, bool[] isVariant)
    {
        var best = new ModelFit(model.Count, 99);
        var start = 0;
        for (var i = 0; i <= segments.Length; i++)
        {
            if (i < segments.Length && segments[i] >= 0) continue;
            var fit = OfSegment(segments[start..i], segments, model, wishes, isVariant);
            if (fit.Apart < best.Apart || (fit.Apart == best.Apart && fit.Unasked < best.Unasked)) best = fit;
            start = i + 1;
        }

        return best.Unasked == 99 ? new(model.Count, 0) : best;
    }

    private static ModelFit OfSegment(
        ReadOnlySpan<int> segment, ReadOnlySpan<int> all, IReadOnlyList<Wish> model, IReadOnlyList<Wish> wishes, bool[] isVariant)
    {
        int apart = 0, here = 0;
        for (var i = 0; i < model.Count; i++)
        {
            if (HasAny(segment, model[i])) here++;
            else if (model[i].Kind != TokenKind.Number || !StandsAlone(all, model[i])) apart++;
        }

        if (here == 0) return new(model.Count, 0);
        var unasked = 0;
        foreach (var term in segment)
            if (isVariant[term] && !IsAsked(term, wishes)) unasked++;
        return new(apart, unasked);
    }

    /// <summary>A list of sizes, "42/44/45", has each in a segment of its own.</summary>
    private static bool StandsAlone(ReadOnlySpan<int> all, Wish wish)
    {
        for (var i = 0; i < all.Length; i++)
        {
            if ((i > 0 && all[i - 1] >= 0) || (i + 1 < all.Length && all[i + 1] >= 0)) continue;
            if (HasAny(all.Slice(i, 1), wish)) return true;
        }

        return false;
    }

    private static bool HasAny(ReadOnlySpan<int> segment, Wish wish)
    {
        for (var i = 0; i < wish.Meanings.Count; i++)
            if (segment.Contains(wish.Meanings[i].Term)) return true;
        return false;
    }

    private static bool IsAsked(int term, IReadOnlyList<Wish> wishes)
    {
        for (var i = 0; i < wishes.Count; i++)
            for (var k = 0; k < wishes[i].Meanings.Count; k++)
                if (wishes[i].Meanings[k].Term == term) return true;
        return false;
    }
}
