using System.Globalization;
using OptFm.Bench.Pipeline;
using OptFm.Postgres;

namespace OptFm.Bench.Scale;

/// <summary>What PostgreSQL's processes use. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html</summary>
internal sealed class PostgresProcesses
{
    /// <summary>Of the kernel's clock, as programs see it; 100 on every Linux that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    private readonly int _postmaster;

    private PostgresProcesses(int postmaster) => _postmaster = postmaster;

    /// <exception cref="BenchException">There is no PostgreSQL.</exception>
    public static async Task<PostgresProcesses> OfAsync(PrivatePostgres server)
    {
        if (await server.StartedAsync() is { } problem) throw new BenchException(problem);

        var file = (string)(await server.AskAsync("SELECT pg_read_file('postmaster.pid')"))!;
        return new(int.Parse(file.Split('\n')[0], CultureInfo.InvariantCulture));
    }

    /// <summary>The server's main process with those that have ended, and those that run.</summary>
    public TimeSpan Cpu()
    {
        var ticks = Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _))
            .Sum(folder => Ticks(folder));
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private long Ticks(string folder)
    {
        if (Fields(folder) is not { } fields) return 0;

        long Field(int number) => long.Parse(fields[number], CultureInfo.InvariantCulture);
        var own = Field(11) + Field(12);
        if (Path.GetFileName(folder) == $"{_postmaster}") return own + Field(13) + Field(14);
        return Field(1) == _postmaster ? own : 0;
    }

    /// <returns>What follows the program's name; null when the process has just ended.</returns>
    private static string[]? Fields(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
