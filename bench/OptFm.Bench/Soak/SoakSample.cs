using System.Globalization;
using OptFm.Bench.Chaos;
using OptFm.Bench.Chaos.Nodes;

namespace OptFm.Bench.Soak;

/// <summary>What a server holds at a moment.</summary>
/// <param name="Connections">To PostgreSQL; null on SQLite.</param>
internal sealed record SoakSample(double Minutes, double RssMb, double HeapMb, int Handles, int Threads, int? Connections)
{
    private const double Mb = 1024 * 1024;

    public static async Task<SoakSample> TakeAsync(World world, Node node, HttpClient http, TimeSpan since)
    {
        var status = await File.ReadAllLinesAsync($"/proc/{node.ProcessId}/status");
        return new SoakSample(
            (world.Clock.Now - since).TotalMinutes,
            Number(status, "VmRSS:") / 1024,
            await HeapAsync(node, http) / Mb,
            Directory.GetFiles($"/proc/{node.ProcessId}/fd").Length,
            (int)Number(status, "Threads:"),
            await world.Store.ConnectionsAsync());
    }

    private static async Task<double> HeapAsync(Node node, HttpClient http)
    {
        const string Name = "dotnet_gc_heap_size_bytes ";
        var metrics = await http.GetStringAsync(new Uri(node.Address, "/metrics"));
        var line = metrics.Split('\n').First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return double.Parse(line[Name.Length..], CultureInfo.InvariantCulture);
    }

    private static double Number(string[] status, string name) =>
        double.Parse(status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
