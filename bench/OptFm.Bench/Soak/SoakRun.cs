using OptFm.Bench.Chaos;

namespace OptFm.Bench.Soak;

/// <summary>One node under even load, looked at every two seconds.</summary>
internal sealed class SoakRun(ChaosOptions options, TextWriter progress)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private readonly RunClock _clock = new(TimeProvider.System);

    public async Task<SoakReport> RunAsync(CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("optfm-soak-");
        try
        {
            await using var stage = await Stage.OpenAsync(options, folder, _clock, progress, stop);
            using var customers = stage.NewCustomers();
            await progress.WriteLineAsync("under load");
            var begun = _clock.Now;
            var writing = customers.WriteAsync(begun + options.Length, stop);
            var samples = await LookAsync(stage, begun, stop);
            await writing;
            await stage.DrainAsync(stop);
            return Report(stage, samples);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<List<SoakSample>> LookAsync(Stage stage, TimeSpan begun, CancellationToken stop)
    {
        using var http = new HttpClient();
        var samples = new List<SoakSample>();
        for (var next = begun; next < begun + options.Length; next += BetweenLooks)
        {
            await _clock.WaitUntilAsync(next, stop);
            samples.Add(await SoakSample.TakeAsync(stage.World, stage.World.Nodes[0], http, begun));
        }

        return samples;
    }

    private SoakReport Report(Stage stage, List<SoakSample> samples)
    {
        var acknowledged = stage.Ledger.All.Where(update => update.AckedAt is not null).ToList();
        var answered = acknowledged.Count(update => !update.Waits);
        return new SoakReport
        {
            Store = stage.World.Store.Name,
            Minutes = Math.Round(options.Length.TotalMinutes, 2),
            Acknowledged = acknowledged.Count,
            Answered = answered,
            RepliesPerSecond = Math.Round(answered / options.Length.TotalSeconds, 1),
            Samples = samples.Count,
            // SQLite's page cache may fill to 16 MB as the database grows (PRAGMA cache_size).
            RssMb = TrendOf(samples, sample => sample.RssMb, share: 0.10, least: options.OnPostgres ? 8 : 20),
            HeapMb = TrendOf(samples, sample => sample.HeapMb, share: 0.25, least: 8),
            Handles = TrendOf(samples, sample => sample.Handles, share: 0.05, least: 8),
            Threads = TrendOf(samples, sample => sample.Threads, share: 0.05, least: 4),
            Connections = options.OnPostgres ? TrendOf(samples, sample => sample.Connections ?? 0, share: 0, least: 1) : null,
        };
    }

    private static Trend TrendOf(List<SoakSample> samples, Func<SoakSample, double> value, double share, double least) =>
        Trend.Of([.. samples.Select(sample => (sample.Minutes, value(sample)))], share, least);
}
