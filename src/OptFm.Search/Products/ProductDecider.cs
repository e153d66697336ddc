namespace OptFm.Search.Products;

/// <summary>Makes a match of a ranking: whether to answer, offer or be silent, what was relaxed, and how to go on.</summary>
internal sealed class ProductDecider(ProductIndex index, ProductModel model)
{
    /// <summary>How much a category of the thing asked for is nearer than one of its model.</summary>
    private const float SubjectBonus = 0.3f;

    public ProductMatch ByCode(IReadOnlyList<int> found, string code)
    {
        var hits = found.Take(ProductSearch.MaxHits).Select(product => new ProductHit(index.Products[product], 1, [])).ToList();
        var decision = hits.Count > 0 ? ProductDecision.Answer : ProductDecision.Nothing;
        IReadOnlyList<string> missing = hits.Count > 0 ? [] : [code];
        return new(decision, hits.Count > 0 ? 1 : 0, hits, found.Count, [code], missing) { ByCode = true };
    }

    public ProductMatch Decide(ProductQuery query, ProductRanking ranking)
    {
        var required = query.Wishes.Where(wish => !wish.IsSoft).Select(wish => wish.Typed).ToList();
        if (ranking.Ranked.Count == 0)
            return ProductMatch.Nothing with { Price = query.Price, Required = required, Relaxed = required };

        var confidence = model.Confidence(ProductCues.Of(query, ranking));
        var hits = ranking.Ranked.Take(ProductSearch.MaxHits).Select(ranked => Hit(query, ranked)).ToList();
        return new(Decision(confidence, LacksKnown(query, ranking.Ranked[0]), ranking.Ranked[0].Fit.Unasked > 0), confidence, hits, ranking.Total, required, () => Narrowing(query, ranking), () => NearestCategories(ranking))
        {
            Price = query.Price,
        };
    }

    /// <summary>What does not satisfy every wish, or is a sister of the model asked for, is offered as such, however sure.</summary>
    private static ProductDecision Decision(double confidence, bool lacksKnown, bool isSister)
    {
        var decision = ProductModel.Decide(confidence);
        return decision == ProductDecision.Answer && (lacksKnown || isSister) ? ProductDecision.Suggest : decision;
    }

    /// <summary>
    /// Russian words that the list does not know may be talk, and names seldom say how a thing is or what it is for; the
    /// confidence has weighed them.
    /// </summary>
    private static bool LacksKnown(ProductQuery query, RankedProduct ranked)
    {
        for (var i = 0; i < query.Wishes.Length; i++)
        {
            var wish = query.Wishes[i];
            if (!wish.IsSoft && !wish.IsUnwanted && !wish.IsTalk && !(ranked.Subject != 0 && IsRemark(wish)) && (ranked.Has & (1u << i)) == 0) return true;
        }

        return ranked.Fit.Apart > 0;
    }

    private static bool IsRemark(Wish wish) => wish is { Kind: TokenKind.Word, IsUnknown: false } && (wish.IsPurpose || (!wish.NamesThing && NameReader.IsAdjective(wish.Typed)));

    private Facet? Narrowing(ProductQuery query, ProductRanking ranking) =>
        ranking.Total > 1 ? Facets.Of(ranking.Ranked.Take(ranking.Total).Select(ranked => ranked.Product), query, index) : null;

    private ProductHit Hit(ProductQuery query, RankedProduct ranked)
    {
        var missing = new List<string>();
        for (var i = 0; i < query.Wishes.Length; i++)
        {
            var wish = query.Wishes[i];
            if (!wish.IsSoft && !wish.IsUnwanted && (ranked.Has & (1u << i)) == 0) missing.Add(wish.Typed);
        }

        if (missing.Count == 0 && ranked.Fit.Apart > 0) missing.AddRange(query.Wishes.Where(wish => wish.IsOfModel).Select(wish => wish.Typed));
        return new(index.Products[ranked.Product], ranked.Score, missing);
    }

    private List<string> NearestCategories(ProductRanking ranking) =>
        [.. ranking.Ranked.Take(100).GroupBy(ranked => index.Products[ranked.Product].Leaf).Where(leaf => leaf.Key.Length > 0)
            .OrderByDescending(leaf => leaf.Max(ranked => ranked.Score + (ranked.Subject == 0 ? 0 : SubjectBonus))).ThenByDescending(leaf => leaf.Count()).Take(5).Select(leaf => leaf.Key)];
}
