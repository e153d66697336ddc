namespace OptFm.Search.Products;

/// <summary>
/// Finds the products worth ranking. Wishes of few products come first; on a long list, once the products that lack all of those cannot
/// come among the first any more, the frequent ones are only looked up for what was found (MaxScore: Turtle and Flood, Query evaluation:
/// strategies and optimizations, 1995). Short lists are scored whole.
/// </summary>
internal static class Candidates
{
    /// <summary>From so many products on leaving some out saves more than it takes.</summary>
    private const int Many = 8192;

    /// <summary>Products ranked closely come from the best so many.</summary>
    private const int Enough = 240;

    public static void Find(ProductQuery query, ProductIndex index, ProductScores scores)
    {
        var order = Enumerable.Range(0, query.Wishes.Length).OrderBy(i => Frequency(query.Wishes[i], index)).ToArray();
        var left = query.Wishes.Sum(wish => wish.Weight);
        var mass = left;
        var isClosed = false;
        foreach (var number in order)
        {
            var wish = query.Wishes[number];
            isClosed = isClosed || (query.Price is null && Frequency(wish, index) > Many && Close(scores, left, mass - left));
            scores.Add(number, wish, index, isClosed);
            left -= wish.Weight;
        }

        if (query.Price is not { } price) return;
        var (from, to) = ((double)(price.From ?? decimal.MinValue), (double)(price.To ?? decimal.MaxValue));
        scores.Keep((product, _) => index.Prices[product] >= from && index.Prices[product] <= to);
    }

    private static int Frequency(Wish wish, ProductIndex index)
    {
        var frequency = 0;
        for (var i = 0; i < wish.Meanings.Length; i++) frequency += index.Postings[wish.Meanings[i].Term].Length;
        return frequency;
    }

    /// <param name="left">The most that the wishes not yet scored can add.</param>
    /// <param name="scored">The most that a product can have by now.</param>
    /// <returns>Whether no other product can come among the first; then those found that cannot either are forgotten.</returns>
    private static bool Close(ProductScores scores, float left, float scored)
    {
        if (scored <= left) return false;
        var least = scores.SumOfBest(Enough, scored);
        if (least <= left) return false;
        scores.Keep((_, sum) => sum + left >= least);
        return true;
    }
}
