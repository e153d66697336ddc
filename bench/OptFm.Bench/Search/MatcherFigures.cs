using System.Diagnostics;
using OptFm.Search.Faq;

namespace OptFm.Bench.Search;

/// <summary>What building and asking one matcher takes.</summary>
internal sealed record MatcherFigures
{
    private const int WarmUps = 30;
    private const int Rounds = 20;

    private static readonly string[] Hostile =
    [
        new('а', 4000), string.Join(' ', Enumerable.Range(0, 10_000).Select(i => $"слово{i}")), string.Join(' ', Enumerable.Repeat("доставка", 10_000)),
        string.Join(". ", Enumerable.Range(0, 400).Select(i => $"где {i} товар")), string.Concat(Enumerable.Repeat("😀", 2000)),
        string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"неведомыеслова{(char)('а' + (i % 32))}{(char)('а' + (i / 32))}")),
    ];

    public required int Entries { get; init; }

    /// <summary>The first of a process compiles as well.</summary>
    public required double BuildMilliseconds { get; init; }

    public required double RebuildMilliseconds { get; init; }

    public required double Megabytes { get; init; }

    public required double P50Microseconds { get; init; }

    public required double P99Microseconds { get; init; }

    public required long BytesPerQuery { get; init; }

    public required double HostileWorstMilliseconds { get; init; }

    public static MatcherFigures Measure(IReadOnlyList<FaqEntry> faq, IReadOnlyList<string> questions)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var build = Time(() => FaqMatcher.Build(faq)).TotalMilliseconds;
        var rebuild = Enumerable.Range(0, 5).Select(_ => Time(() => FaqMatcher.Build(faq)).TotalMilliseconds).Min();
        var matcher = FaqMatcher.Build(faq);
        for (var i = 0; i < WarmUps; i++) _ = Times(matcher, questions);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        var times = Times(matcher, questions).Order().ToList();
        return new MatcherFigures
        {
            Entries = faq.Count,
            BuildMilliseconds = Math.Round(build, 1),
            RebuildMilliseconds = Math.Round(rebuild, 1),
            Megabytes = Math.Round(memory / 1e6, 1),
            P50Microseconds = Math.Round(times[times.Count / 2], 1),
            P99Microseconds = Math.Round(times[times.Count * 99 / 100], 1),
            BytesPerQuery = Allocated(matcher, questions),
            HostileWorstMilliseconds = Math.Round(Enumerable.Range(0, Rounds).SelectMany(_ => Times(matcher, Hostile)).Order().ElementAt(Rounds * Hostile.Length * 99 / 100) / 1000, 2),
        };
    }

    /// <summary>Microseconds of each question.</summary>
    private static List<double> Times(FaqMatcher matcher, IReadOnlyList<string> questions) =>
        [.. questions.Select(question => Time(() => matcher.Match(question)).TotalMicroseconds)];

    private static TimeSpan Time(Func<object> work)
    {
        var start = Stopwatch.GetTimestamp();
        _ = work();
        return Stopwatch.GetElapsedTime(start);
    }

    private static long Allocated(FaqMatcher matcher, IReadOnlyList<string> questions)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var question in questions) matcher.Match(question);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / questions.Count;
    }
}
