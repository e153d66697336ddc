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
    /// <param name="series">Brands and series asked for: where a name says what it fits, the number must be one of theirs.</param>
    public static ModelFit Of(ReadOnlySpan<int> segments, Wish[] model, Wish[] wishes, Wish[] series, bool[] isVariant)
    {
        var best = new ModelFit(model.Length, 99);
        var isSeries = HasAnyOf(segments, series);
        var seen = false; // A part number may stand before what it fits; what follows it is colours and sizes.
        for (var start = 0; start < segments.Length;)
        {
            var length = segments[start..].IndexOf(-1);
            var segment = segments.Slice(start, length);
            start += length + 1;
            var isOfSeries = HasAnyOf(segment, series);
            seen |= isOfSeries;
            if (seen && !isOfSeries) continue;
            var fit = OfSegment(segment, segments, model, wishes, isSeries ? series : [], isVariant);
            if (fit.Apart < best.Apart || (fit.Apart == best.Apart && fit.Unasked < best.Unasked)) best = fit;
        }

        return best.Unasked == 99 ? new(model.Length, 0) : best;
    }

    private static ModelFit OfSegment(
        ReadOnlySpan<int> segment, ReadOnlySpan<int> all, Wish[] model, Wish[] wishes, Wish[] series, bool[] isVariant)
    {
        int apart = 0, numbers = 0, elsewhere = 0;
        var isTold = false;
        for (var i = 0; i < model.Length; i++)
        {
            var isNumber = model[i].Kind is TokenKind.Number or TokenKind.Model;
            if (HasAny(segment, model[i]))
            {
                numbers += isNumber ? 1 : 0;
                isTold |= model[i].IsPartNumber;
            }
            else if (isNumber && HasElsewhere(all, model[i], series)) elsewhere++;
            else apart++;
        }

        // A list of sizes has each in a segment of its own; but a mark without any number of its own is another model's.
        if (elsewhere > 0 && numbers == 0) apart += elsewhere;
        if (isTold) return new(apart, 0);
        var unasked = 0;
        foreach (var term in segment)
            if (isVariant[term] && !IsAsked(term, wishes)) unasked++;
        return new(apart, unasked);
    }

    private static bool HasElsewhere(ReadOnlySpan<int> all, Wish wish, Wish[] series)
    {
        for (var start = 0; start < all.Length;)
        {
            var length = all[start..].IndexOf(-1);
            var segment = all.Slice(start, length);
            if (HasAny(segment, wish) && (series.Length == 0 || HasAnyOf(segment, series))) return true;
            start += length + 1;
        }

        return false;
    }

    private static bool HasAnyOf(ReadOnlySpan<int> segment, Wish[] wishes)
    {
        for (var i = 0; i < wishes.Length; i++)
            if (HasAny(segment, wishes[i])) return true;
        return false;
    }

    private static bool HasAny(ReadOnlySpan<int> segment, Wish wish)
    {
        for (var i = 0; i < wish.Meanings.Length; i++)
            if (segment.Contains(wish.Meanings[i].Term)) return true;
        return false;
    }

    private static bool IsAsked(int term, Wish[] wishes)
    {
        for (var i = 0; i < wishes.Length; i++)
            for (var k = 0; k < wishes[i].Meanings.Length; k++)
                if (wishes[i].Meanings[k].Term == term) return true;
        return false;
    }
}
