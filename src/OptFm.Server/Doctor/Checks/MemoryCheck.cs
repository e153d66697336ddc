using System.Globalization;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>Whether the machine has memory to spare: 512 MB hold the bot and nginx, and little else.</summary>
internal sealed class MemoryCheck : ICheck
{
    private const long TooLittle = 48;

    private static readonly Diagnosis Memory = new(
        "memory", Area.Machine,
        ("memory", "память"),
        ("Out of memory, Linux kills whatever is largest, often the bot or the database's neighbour.", "Когда память кончается, Linux убивает самое крупное, часто — бота."),
        "sudo fallocate -l 1G /swapfile && sudo chmod 600 /swapfile && sudo mkswap /swapfile && sudo swapon /swapfile && echo '/swapfile none swap sw 0 0' | sudo tee -a /etc/fstab");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Memory];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        var file = context.PathOf("/proc/meminfo");
        if (!File.Exists(file)) return [];

        var lines = await File.ReadAllLinesAsync(file, stop);
        if (Mebibytes(lines, "MemAvailable") is not { } available) return [];
        var swap = Mebibytes(lines, "SwapFree") ?? 0;
        Words what = ($"{available} MB of memory are available, and {swap} MB of swap", $"доступно {available} МБ памяти и {swap} МБ подкачки");
        return [available + swap < TooLittle ? Memory.Failure(what) : available < TooLittle ? Memory.Warning(what, "ps aux --sort=-rss | head") : Memory.Ok(what)];
    }

    private static long? Mebibytes(string[] lines, string name)
    {
        var line = Array.Find(lines, l => l.StartsWith(name + ":", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var number, ..] && long.TryParse(number, CultureInfo.InvariantCulture, out var kibibytes) ? kibibytes / 1024 : null;
    }
}
