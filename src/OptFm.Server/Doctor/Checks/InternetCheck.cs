using System.Net.Sockets;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>Whether there is a way out at all. In the first stage: without one the messengers and the domain need not be asked.</summary>
internal sealed class InternetCheck : ICheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Names that are there while DNS works, whatever the settings say.</summary>
    private static readonly string[] Witnesses = ["api.telegram.org", "platform-api2.max.ru"];

    private static readonly Diagnosis Internet = new(
        "internet", Area.Machine,
        ("the way to the Internet", "выход в интернет"),
        ("Without it no message comes in and no answer goes out; what is stored is sent later.", "Без него сообщения не приходят и ответы не уходят; сохранённое уйдёт позже."),
        "ip route; ping -c 3 1.1.1.1; resolvectl status; sudo systemctl restart systemd-networkd");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Internet];

    /// <summary>Whether this check failed in an earlier stage.</summary>
    public static bool IsCutOff(DoctorContext context) => context.Earlier.Any(finding => finding.Diagnosis == Internet && finding.Level == FindingLevel.Failure);

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        if (!Apis(context.Settings).Any(host => !host.IsLoopback)) return [];
        if (!await HasRouteAsync(context, stop)) return [Internet.Failure(("this machine has no Internet: there is no network route out", "нет интернета: у машины нет сетевого маршрута наружу"))];

        var resolved = await Task.WhenAll(Witnesses.Select(host => ResolvesAsync(host, context, stop)));
        return [resolved.Any(found => found) ? Internet.Ok() : Internet.Failure(($"this machine has no Internet, or its DNS does not work: not even {Witnesses[0]} is found", $"нет интернета или не работает DNS: не находится даже {Witnesses[0]}"))];
    }

    private static IEnumerable<Uri> Apis(ServerSettings settings)
    {
        if (settings.Max.Enabled) yield return settings.Max.Address;
        if (settings.Telegram.Enabled) yield return settings.Telegram.Address;
    }

    /// <summary>The kernel's own tables; a destination of zeros is the default route.</summary>
    private static async Task<bool> HasRouteAsync(DoctorContext context, CancellationToken stop)
    {
        var (four, six) = (context.PathOf("/proc/net/route"), context.PathOf("/proc/net/ipv6_route"));
        if (!File.Exists(four)) return true;

        var routes = (await File.ReadAllLinesAsync(four, stop)).Skip(1).Select(line => line.Split('\t'));
        if (routes.Any(route => route.Length > 1 && route[1] == "00000000")) return true;
        return File.Exists(six) && (await File.ReadAllLinesAsync(six, stop)).Any(line => line.StartsWith(new string('0', 32) + " 00 ", StringComparison.Ordinal) && !line.TrimEnd().EndsWith(" lo", StringComparison.Ordinal));
    }

    private static async Task<bool> ResolvesAsync(string host, DoctorContext context, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        try
        {
            return (await context.ResolveAsync(host, limit.Token).WaitAsync(limit.Token)).Length > 0;
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }
}
