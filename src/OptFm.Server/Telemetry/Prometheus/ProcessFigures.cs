using System.Globalization;

namespace OptFm.Server.Telemetry.Prometheus;

/// <summary>The figures that every Prometheus client shows of its process, under the usual names, and a few of .NET's.</summary>
internal sealed class ProcessFigures
{
    private readonly double _started = StartTime();

    public void Write(PrometheusText text)
    {
        text.Single("process_cpu_seconds_total", MetricKind.Counter, "Processor time used.", Environment.CpuUsage.TotalTime.TotalSeconds);
        text.Single("process_resident_memory_bytes", MetricKind.Gauge, "Resident memory.", Environment.WorkingSet);
        text.Single("process_start_time_seconds", MetricKind.Gauge, "When the process started, Unix time.", _started);
        text.Single("process_open_fds", MetricKind.Gauge, "Open files and sockets.", Directory.GetFileSystemEntries("/proc/self/fd").Length);
        if (MostOpenFiles() is { } most) text.Single("process_max_fds", MetricKind.Gauge, "How many files and sockets may be open.", most);
        text.Single("dotnet_gc_heap_size_bytes", MetricKind.Gauge, "Size of the managed heap.", GC.GetTotalMemory(forceFullCollection: false));
        text.Single("dotnet_gc_pause_seconds_total", MetricKind.Counter, "Time for which collections stopped the process.", GC.GetTotalPauseDuration().TotalSeconds);
        text.Head("dotnet_gc_collections_total", MetricKind.Counter, "Garbage collections, by generation.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
            text.Sample("dotnet_gc_collections_total", string.Create(CultureInfo.InvariantCulture, $"generation=\"{generation}\""), GC.CollectionCount(generation));
        text.Single("dotnet_threadpool_threads", MetricKind.Gauge, "Threads of the pool.", ThreadPool.ThreadCount);
        text.Single("dotnet_threadpool_queue_length", MetricKind.Gauge, "Work that waits for a thread of the pool.", ThreadPool.PendingWorkItemCount);
    }

    private static double StartTime()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
    }

    private static double? MostOpenFiles()
    {
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return double.TryParse(soft, CultureInfo.InvariantCulture, out var most) ? most : null;
    }
}
