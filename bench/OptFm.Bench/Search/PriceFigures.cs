using System.Diagnostics;
using OptFm.Search.Products;

namespace OptFm.Bench.Search;

/// <summary>What building and asking the search of one price list takes.</summary>
internal sealed record PriceFigures
{
    private const int Queries = 2000;
    private const int WarmUps = 3;
    private const int HostileRounds = 50;

    private static readonly string[] Hostile =
    [
        "", new('а', 4000), new('9', 4000), string.Concat(Enumerable.Repeat("😀", 2000)), string.Concat(Enumerable.Repeat("עברית عربى a51 ", 300)),
        string.Join(' ', Enumerable.Range(0, 10_000).Select(i => $"слово{i}")), string.Join(' ', Enumerable.Repeat("чехол iphone 11", 3000)),
        string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"неведомыеслова{(char)('а' + (i % 32))}{(char)('а' + (i / 32))}")),
        string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"unheardof{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))}")),
        string.Concat(Enumerable.Repeat("(.*)+\\d{1,9} ", 400)), string.Concat(Enumerable.Repeat("'; DROP TABLE price; -- ", 200)),
        string.Concat(Enumerable.Repeat("до 5 от 6 ", 1000)), string.Concat(Enumerable.Repeat("нсхо-11-", 1000)), string.Concat(Enumerable.Repeat("хп1", 1500)),
        string.Join(' ', Enumerable.Repeat("чехол стекло дисплей черный прозрачный", 5)),
    ];

    public required int Products { get; init; }

    public required double BuildMilliseconds { get; init; }

    public required double Megabytes { get; init; }

    public required double P50Microseconds { get; init; }

    public required double P99Microseconds { get; init; }

    public required double WorstMicroseconds { get; init; }

    public required long BytesPerQuery { get; init; }

    /// <summary>Memory held after the queries over what was held after building, in bytes.</summary>
    public required long GrowthBytes { get; init; }

    public required double HostileP99Milliseconds { get; init; }

    public static PriceFigures Measure(GeneratedPrice generated, int count)
    {
        var products = generated.Products(count);
        return Measure(products, generated.Queries(Queries, products));
    }

    public static PriceFigures Measure(IReadOnlyList<Product> products, IReadOnlyList<string> queries)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var search = ProductSearch.Build(products);
        var build = Stopwatch.GetElapsedTime(start);
        for (var i = 0; i < WarmUps; i++) _ = Times(search, queries);
        var held = GC.GetTotalMemory(forceFullCollection: true);
        var times = Times(search, queries);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        foreach (var query in queries) search.Search(query);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var growth = GC.GetTotalMemory(forceFullCollection: true) - held;
        _ = Times(search, Hostile);
        double[] hostile = [.. Enumerable.Range(0, HostileRounds).SelectMany(_ => Times(search, Hostile)).Order()];
        return new PriceFigures
        {
            Products = products.Count,
            BuildMilliseconds = Math.Round(build.TotalMilliseconds, 1),
            Megabytes = Math.Round((held - before) / 1e6, 1),
            P50Microseconds = Math.Round(times[times.Length / 2], 1),
            P99Microseconds = Math.Round(times[times.Length * 99 / 100], 1),
            WorstMicroseconds = Math.Round(times[^1], 1),
            BytesPerQuery = allocated / queries.Count,
            GrowthBytes = growth,
            HostileP99Milliseconds = Math.Round(hostile[hostile.Length * 99 / 100] / 1000, 2),
        };
    }

    /// <summary>Microseconds of each query, sorted.</summary>
    private static double[] Times(ProductSearch search, IReadOnlyList<string> queries)
    {
        var times = new double[queries.Count];
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            _ = search.Search(queries[i]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        return times;
    }
}
