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
    public static ModelFit Of(ReadOnlySpan<int> segments, IReadOnlyList<Wish> model, bool[] isVariant)
    {
        var best = new ModelFit(model.Count, 99);
        var start = 0;
        for (var i = 0; i <= segments.Length; i++)
        {
            if (i < segments.Length && segments[i] >= 0) continue;
            var fit = OfSegment(segments[start..i], model, isVariant);
            if (fit.Apart < best.Apart || (fit.Apart == best.Apart && fit.Unasked < best.Unasked)) best = fit;
            start = i + 1;
        }

        return best.Unasked == 99 ? new(model.Count, 0) : best;
    }

    private static ModelFit OfSegment(ReadOnlySpan<int> segment, IReadOnlyList<Wish> model, bool[] isVariant)
    {
        var apart = 0;
        for (var i = 0; i < model.Count; i++)
            if (!HasAny(segment, model[i])) apart++;
        var unasked = 0;
        foreach (var term in segment)
            if (isVariant[term] && !IsAsked(term, model)) unasked++;
        return new(apart, unasked);
    }

    private static bool HasAny(ReadOnlySpan<int> segment, Wish wish)
    {
        for (var i = 0; i < wish.Meanings.Count; i++)
            if (segment.Contains(wish.Meanings[i].Term)) return true;
        return false;
    }

    private static bool IsAsked(int term, IReadOnlyList<Wish> model)
    {
        for (var i = 0; i < model.Count; i++)
            for (var k = 0; k < model[i].Meanings.Count; k++)
                if (model[i].Meanings[k].Term == term) return true;
        return false;
    }
}
