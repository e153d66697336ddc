using System.Diagnostics;
using OptFm.Search.Products;

namespace OptFm.Server.Evaluation;

/// <summary>What an evaluation of a price list found.</summary>
/// <param name="Lines">One per query: query, answered code or -, ranked codes joined by commas; TAB between.</param>
public sealed record PriceEvaluation(EvalReport Report, IReadOnlyList<string> Lines)
{
    private const int WarmUps = 3;
    private const int MostRanked = 10;

    public static PriceEvaluation Run(IReadOnlyList<Product> products, IReadOnlyList<EvalQuery> queries)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var search = ProductSearch.Build(products);
        var indexTime = Stopwatch.GetElapsedTime(start);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        for (var i = 0; i < WarmUps; i++)
            foreach (var query in queries) search.Search(query.Text);
        var outcomes = queries.Select(query => Ask(search, query)).ToList();
        var report = EvalReport.Of(outcomes, indexTime) with { IndexMegabytes = Math.Round(memory / 1e6, 1) };
        return new PriceEvaluation(report, [.. outcomes.Select(outcome => outcome.Line)]);
    }

    private static EvalOutcome Ask(ProductSearch search, EvalQuery query)
    {
        var start = Stopwatch.GetTimestamp();
        var match = search.Search(query.Text);
        var time = Stopwatch.GetElapsedTime(start);
        var ranked = match.Hits.Take(MostRanked).Select(hit => hit.Product.Code).ToList();
        return new EvalOutcome(query, match.Decision == ProductDecision.Answer ? ranked[0] : null, ranked, time);
    }
}
