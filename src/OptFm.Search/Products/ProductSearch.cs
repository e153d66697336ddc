using System.Collections.Concurrent;
using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>
/// Finds goods in a price list, or knows that it has none. Immutable and thread-safe; build a new one when the list changes.
/// Never throws on any query; work is bounded by the first 4096 characters, 64 words and 24 wishes.
/// </summary>
public sealed class ProductSearch
{
    /// <summary>Products a match returns at most.</summary>
    public const int MaxHits = 30;

    private readonly ProductIndex _index;
    private readonly ProductQueryReader _reader;
    private readonly ProductModel _model;
    private readonly ProductDecider _decider;
    private readonly ConcurrentBag<ProductScores> _scores = [];

    private ProductSearch(ProductIndex index, Lexicon lexicon, CommonNames names, ProductModel model) =>
        (_index, _reader, _model, _decider) = (index, new ProductQueryReader(index, lexicon, names), model, new ProductDecider(index, model));

    public IReadOnlyList<Product> Products => _index.Products;

    public static ProductSearch Build(IReadOnlyList<Product> products) => Build(products, ProductModel.Trained());

    internal static ProductSearch Build(IReadOnlyList<Product> products, ProductModel model)
    {
        var file = Shipped.Read("synonyms.price.ru.txt");
        var synonyms = Synonyms.Parse(file);
        return new(new ProductIndexBuilder(synonyms).Build([.. products]), Lexicon.Russian(), CommonNames.Parse(file), model);
    }

    public ProductMatch Search(string query)
    {
        var whole = SearchWhole(query);
        return whole.Decision == ProductDecision.Answer || whole.ByCode ? whole : Several(Clauses.Split(query)) ?? whole;
    }

    private ProductMatch SearchWhole(string query)
    {
        var read = Read(query);
        if (read.Code is var (prefix, digits)) return _decider.ByCode(_index.Codes.Find(prefix, digits), (prefix ?? "") + digits);
        if (read.Wishes.Length == 0) return read.Price is null ? ProductMatch.Nothing : ProductMatch.Nothing with { Price = read.Price };
        return Rank(read, ranking => _decider.Decide(read, ranking));
    }

    /// <returns>The answers of all clauses that ask for goods; null where one has none, or only says more of another.</returns>
    private ProductMatch? Several(List<string> clauses)
    {
        var matches = new List<ProductMatch>();
        var thing = "";
        foreach (var clause in clauses)
        {
            var wishes = _reader.Read(clause).Wishes;
            if (Array.TrueForAll(wishes, wish => wish.IsTalk || wish.IsSoft)) continue;
            var named = string.Join(' ', wishes.Where(wish => wish.NamesThing).Select(wish => wish.Typed));
            if (named.Length == 0 && !Array.Exists(wishes, wish => wish.IsOfModel)) return null;
            var match = SearchWhole(named.Length == 0 ? $"{thing} {clause}" : clause);
            if (match.Decision != ProductDecision.Answer) return null;
            matches.Add(match);
            if (named.Length > 0) thing = named;
        }

        return matches.Count == 0 ? null : ProductMatch.Joined(matches);
    }

    /// <summary>Why a search goes as it does, for administrators. Quotes the query, so keep it out of logs.</summary>
    public IReadOnlyList<string> Explain(string query)
    {
        var read = Read(query);
        if (read.Code is var (prefix, digits)) return [$"code {prefix}{digits}"];
        return read.Wishes.Length == 0 ? ["nothing to search for"] : Rank(read, ranking => ProductReasons.Of(read, ranking, _index, _model));
    }

    /// <summary>What a query shows before the model: for training.</summary>
    internal (float[] Cues, Product First)? Observe(string query)
    {
        var read = Read(query);
        if (read.Code is not null || read.Wishes.Length == 0) return null;
        return Rank(read, ranking => ranking.Ranked.Count == 0
            ? ((float[], Product)?)null
            : (ProductCues.Of(read, ranking), _index.Products[ranking.Ranked[0].Product]));
    }

    /// <summary>"X и Y" is of one product that has both, or else of products that have either.</summary>
    private ProductQuery Read(string query)
    {
        var read = _reader.Read(query);
        if (read.Pairs.Count == 0 || read.Code is not null) return read;
        List<int> apart = [.. read.Pairs];
        Rank(read, ranking => apart.RemoveAll(second => ranking.Ranked.Count > 0 && HasBoth(ranking.Ranked[0].Has, second)));
        return apart.Count == 0 ? read : read.Either(apart);
    }

    private static bool HasBoth(uint has, int second) => ((has >> (second - 1)) & 3) == 3;

    private T Rank<T>(ProductQuery query, Func<ProductRanking, T> use)
    {
        if (!_scores.TryTake(out var scores)) scores = new ProductScores(_index.Products.Count);
        try
        {
            Candidates.Find(query, _index, scores);
            return use(ProductRanking.Of(scores, query, _index));
        }
        finally
        {
            scores.Clear();
            _scores.Add(scores);
        }
    }
}
