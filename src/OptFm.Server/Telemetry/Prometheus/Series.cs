namespace OptFm.Server.Telemetry.Prometheus;

/// <summary>The value of one metric under one set of labels. Thread-safe.</summary>
/// <param name="bounds">Upper bounds of a histogram's buckets, rising; empty for other kinds.</param>
internal sealed class Series(double[] bounds)
{
    private readonly Lock _guard = new();
    private readonly long[] _buckets = new long[bounds.Length];
    private double _sum;
    private long _count;

    public void Add(double value)
    {
        lock (_guard)
        {
            _sum += value;
            _count++;
            var bucket = Array.FindIndex(bounds, bound => value <= bound);
            if (bucket >= 0) _buckets[bucket]++;
        }
    }

    public void Set(double value)
    {
        lock (_guard) _sum = value;
    }

    /// <returns>The sum or value, how often something was added, and how often into each bucket alone.</returns>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (_guard) return (_sum, _count, [.. _buckets]);
    }
}
