using System.Net.Http;
using System.Security.Cryptography;
using OptFm.Server.Channels.Http;
using OptFm.Server.Channels.Max;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>This machine's clock beside the messengers', and whether anything keeps it right.</summary>
internal sealed class ClockCheck : ICheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Harmful = TimeSpan.FromMinutes(10);

    private static readonly Diagnosis Clock = new(
        "clock", Area.Machine,
        ("the clock", "часы"),
        ("With a wrong clock valid certificates look expired, and logs tell the wrong time.", "С неверными часами годные сертификаты кажутся истёкшими, а журналы врут."),
        "sudo timedatectl set-ntp true && timedatectl");

    private static readonly Diagnosis Kept = new(
        "clock-sync", Area.Machine,
        ("the clock is kept right", "часы сверяются"),
        ("A clock that nobody sets drifts by seconds a day.", "Часы, которые никто не сверяет, уходят на секунды в день."),
        "sudo apt install systemd-timesyncd && sudo timedatectl set-ntp true");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Clock, Kept];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        var findings = new List<Finding>();
        if (await SkewAsync(context, stop) is { } skew) findings.Add(Judge(skew));
        if (await SyncAsync(context, stop) is { } sync) findings.Add(sync);
        return findings;
    }

    internal static Finding Judge(TimeSpan skew)
    {
        var seconds = (long)skew.Duration().TotalSeconds;
        if (skew.Duration() < Noticeable) return Clock.Ok();

        Words what = skew > TimeSpan.Zero
            ? ($"the clock is {seconds} s ahead of the messenger's", $"часы спешат на {seconds} с против часов мессенджера")
            : ($"the clock is {seconds} s behind the messenger's", $"часы отстают на {seconds} с от часов мессенджера");
        return skew.Duration() < Harmful ? Clock.Warning(what) : Clock.Failure(what);
    }

    /// <returns>How far this clock is ahead; null where no messenger told its time.</returns>
    private static async Task<TimeSpan?> SkewAsync(DoctorContext context, CancellationToken stop)
    {
        var (max, telegram) = (context.Settings.Max, context.Settings.Telegram);
        if (max.Enabled && await AskAsync(max.Address, max.CertificateFile, context.Clock, stop) is { } first) return first;
        return telegram.Enabled ? await AskAsync(telegram.Address, "", context.Clock, stop) : null;
    }

    /// <summary>Any answer has a date, a refusal too: no token is shown.</summary>
    private static async Task<TimeSpan?> AskAsync(Uri address, string roots, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            using var http = new HttpClient(MaxTrust.Handler(roots)) { Timeout = Patience };
            using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stop);
            return answer.Headers.Date is { } date ? clock.GetUtcNow() - date : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or CryptographicException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<Finding?> SyncAsync(DoctorContext context, CancellationToken stop)
    {
        var ran = await context.RunAsync("timedatectl", ["show", "-p", "NTP", "-p", "NTPSynchronized"], stop);
        if (!ran.Succeeded) return null;
        if (ran.Output.Contains("NTPSynchronized=yes", StringComparison.Ordinal)) return Kept.Ok();

        return ran.Output.Contains("NTP=yes", StringComparison.Ordinal)
            ? Kept.Warning(("the clock is to be set by NTP and has not been yet", "часы должны сверяться по NTP, но ещё не сверены"))
            : Kept.Warning(("nothing keeps the clock right: NTP is off", "часы никто не сверяет: NTP выключен"));
    }
}
