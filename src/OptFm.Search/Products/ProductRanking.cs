using System.Runtime.InteropServices;

namespace OptFm.Search.Products;

/// <summary>A candidate with what speaks for and against it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RankedProduct(int Product, float Score, uint Has, uint Subject, ModelFit Fit, bool OtherHead);

/// <summary>Orders the candidates of a search: the wishes satisfied first, then models that stand together, then nothing unasked.</summary>
internal sealed class ProductRanking
{
    /// <summary>Candidates looked at closely; the rest satisfy less or are just as good.</summary>
    private const int MostCandidates = 120;

    /// <summary>Of models so many more: which fits best shows only in the names.</summary>
    private const int MostModels = 1000;
    private const int Steps = 128;
    private const float ApartPenalty = 0.2f;
    private const float UnaskedPenalty = 0.16f;

    private const float OtherHeadPenalty = 0.025f;

    /// <summary>How many other nouns the first one counts for: it is the thing, the next may be its purpose.</summary>
    private const float FirstHead = 3;
    private const float UnwantedPenalty = 0.2f;

    /// <summary>Products whose score is as near to the first one's satisfy as much.</summary>
    private const float Equal = 0.04f;
    private readonly List<RankedProduct> _ranked;

    private ProductRanking(int capacity) => _ranked = new(capacity);

    public IReadOnlyList<RankedProduct> Ranked => _ranked;

    /// <summary>How many candidates satisfy as much as the first.</summary>
    public int Total { get; private set; }

    public static ProductRanking Of(ProductScores scores, ProductQuery query, ProductIndex index)
    {
        var ranking = new ProductRanking(Math.Min(scores.Found.Length, 2 * MostCandidates));
        var mass = query.Wishes.Sum(wish => wish.IsOverheard ? 0 : wish.Weight);
        if (mass <= 0) return ranking;
        var model = query.Wishes.Where(wish => wish.IsOfModel && !wish.IsUnknown).ToArray();
        var series = query.Wishes.Where(wish => wish is { Kind: TokenKind.Latin, IsOfModel: false } && Array.Exists(wish.Meanings, meaning => index.IsSeries[meaning.Term])).ToArray();
        var least = Threshold(scores, mass);
        var most = model.Length == 0 ? 2 * MostCandidates : MostModels;
        foreach (var product in scores.Found)
        {
            var share = scores.Sum(product) / mass;
            if (share < least) continue;
            ranking._ranked.Add(Closely(product, share, scores, model, series, query, index));
            if (ranking._ranked.Count >= most) break;
        }

        ranking.Sort();
        if (model.Length == 0 && ranking._ranked.Count >= MostCandidates) ranking.Total = Math.Max(ranking.Total, Alike(scores, ranking._ranked[0].Has));
        return ranking;
    }

    private static RankedProduct Closely(int product, float share, ProductScores scores, Wish[] model, Wish[] series, ProductQuery query, ProductIndex index)
    {
        var fit = model.Length == 0 ? default : ModelFit.Of(index.Segments[product], model, query.Wishes, index.Fits[product] ? series : [], index.IsVariant);
        var others = OtherHeads(index.Heads[product], query.Wishes);
        var score = share - (ApartPenalty * fit.Apart / Math.Max(1, model.Length)) - (UnaskedPenalty * Math.Min(3, fit.Unasked))
            - (OtherHeadPenalty * Math.Min(5, others));
        for (var i = 0; i < query.Wishes.Length; i++)
            if (query.Wishes[i].IsUnwanted && (scores.Subject(product) & (1u << i)) != 0) score -= UnwantedPenalty;
        return new(product, score, scores.Has(product), scores.Subject(product), fit, others >= FirstHead);
    }

    /// <summary>How many of the nouns that say what the product is nobody asked for: "стикер аккумулятора" is no battery.</summary>
    private static float OtherHeads(ReadOnlySpan<int> heads, Wish[] wishes)
    {
        float others = 0;
        var (asked, first) = (false, true);
        foreach (var term in heads)
        {
            if (term >= 0) asked = asked || IsMeant(term, wishes);
            else if (!asked) others += first ? FirstHead : 1;
            if (term < 0) (asked, first) = (false, false);
        }

        return others;
    }

    private static bool IsMeant(int term, Wish[] wishes)
    {
        for (var i = 0; i < wishes.Length; i++)
            for (var k = 0; k < wishes[i].Meanings.Length; k++)
                if (wishes[i].Meanings[k].Term == term) return true;
        return false;
    }

    /// <summary>The share of the best few hundred, from a histogram: sorting all would take longer than the rest of the search.</summary>
    private static float Threshold(ProductScores scores, float mass)
    {
        Span<int> histogram = stackalloc int[Steps + 1];
        foreach (var product in scores.Found) histogram[Math.Clamp((int)(scores.Sum(product) / mass * Steps), 0, Steps)]++;

        var count = 0;
        for (var step = Steps; step >= 0; step--)
        {
            if (count > 0 && count + histogram[step] > 2 * MostCandidates) return (step + 1f) / Steps;
            if ((count += histogram[step]) >= MostCandidates) return (float)step / Steps;
        }

        return 0;
    }

    private static int Alike(ProductScores scores, uint has)
    {
        var alike = 0;
        foreach (var product in scores.Found)
            if (scores.Has(product) == has) alike++;
        return alike;
    }

    private void Sort()
    {
        _ranked.Sort(static (a, b) => b.Score != a.Score ? b.Score.CompareTo(a.Score) : a.Product.CompareTo(b.Product));
        while (Total < _ranked.Count && _ranked[Total].Score >= _ranked[0].Score - Equal && _ranked[Total].Has == _ranked[0].Has
            && _ranked[Total].Fit == _ranked[0].Fit) Total++;
    }
}
