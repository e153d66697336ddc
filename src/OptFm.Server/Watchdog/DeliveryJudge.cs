using OptFm.Server.Channels;
using OptFm.Server.Doctor;
using OptFm.Server.Doctor.Checks;
using OptFm.Server.Settings;

namespace OptFm.Server.Watchdog;

/// <summary>
/// What the server itself knows of deliveries. MAX tells nothing of those that fail and drops a subscription after eight hours of them, so this
/// speaks after a quarter of an hour, and louder after four.
/// </summary>
internal static class DeliveryJudge
{
    private const int FewPending = 10;
    private const int LooksGrowing = 3;

    /// <summary>Somebody who tries once is no outage.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Grave = TimeSpan.FromHours(4);

    /// <summary>MAX repeats after at most four hours: what is older is over, or nobody wrote.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(4.5);

    /// <summary>Nothing while deliveries are accepted, or refused only for a moment.</summary>
    public static IEnumerable<Finding> Refusals(MessengerDiagnoses about, Deliveries deliveries, DateTimeOffset now)
    {
        if (!deliveries.Failing || deliveries.RefusedSince is not { } since || now - deliveries.Refused > Fresh) yield break;

        var lasts = deliveries.Refused!.Value - since;
        if (lasts < Patience) yield break;

        var what = What(about, deliveries.Reason, (int)lasts.TotalMinutes);
        var mend = Mend(deliveries.Reason);
        yield return lasts < Grave ? about.Refusals.Warning(what, mend) : about.Refusals.Failure(what, mend);
    }

    /// <summary>What the messenger says of deliveries, in the light of what came in.</summary>
    public static List<Finding> Weighed(MessengerDiagnoses about, List<Finding> findings, AdminAnswer info, WatchState state, Deliveries deliveries)
    {
        // It keeps its last error for ever; a delivery accepted since says that it is over.
        if (deliveries.Accepted > MessengerJudge.LastError(info)) findings.RemoveAll(finding => finding.Diagnosis.Id == about.Deliveries.Id && finding.Level == FindingLevel.Failure);
        if (state.Growing >= LooksGrowing && state.Pending >= FewPending && !findings.Exists(finding => finding.Diagnosis.Id == about.Deliveries.Id && finding.Level >= FindingLevel.Warning))
            findings.Add(about.Deliveries.Warning(($"{state.Pending} messages wait at {about.Name}, more with every look", $"у {about.Name} ждут доставки сообщений: {state.Pending}, и с каждой проверкой больше")));
        return findings;
    }

    private static Words What(MessengerDiagnoses about, string? reason, int minutes) => reason switch
    {
        "store" => ($"for {minutes} min every delivery of {about.Name} was answered 503: the database takes no writes", $"уже {minutes} мин на каждую доставку {about.Name} сервер отвечает 503: база не принимает записей"),
        "address" => ($"for {minutes} min every delivery of {about.Name} was refused for its address", $"уже {minutes} мин все доставки {about.Name} отклоняются по адресу отправителя"),
        _ => ($"for {minutes} min every delivery to {about.Name}'s webhook was without the right secret: {about.Name} has another one, or somebody tries", $"уже {minutes} мин все доставки на вебхук {about.Name} без верного секрета: в {about.Name} он другой, или кто-то пробует"),
    };

    private static Words? Mend(string? reason) => reason switch
    {
        "store" => (Words)"sudo optfm doctor   # database, disk",
        "address" => (Words)"sudo nano /etc/optfm/optfm.env && sudo systemctl restart optfm   # MAX_ALLOWED_IPS",
        _ => null,
    };
}
