using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Channels;
using OptFm.Server.Channels.Http;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>A messenger's view of the bot: does it take the token, where does it deliver, what went wrong there.</summary>
internal abstract class MessengerCheck(MessengerDiagnoses about) : ICheck
{
    private const int ManyPending = 100;
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = about.All;

    protected MessengerDiagnoses About => about;

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        if (!IsOn(context.Settings)) return [];
        if (!context.SettingsUsable) return [about.Token.Unchecked(($"{about.Name}: mend the settings first", $"{about.Name}: сначала исправьте настройки"))];

        if (InternetCheck.IsCutOff(context)) return [about.Api.Unchecked(($"{about.Name}: there is no Internet", $"{about.Name}: нет интернета"))];

        var channel = Open(context);
        try
        {
            return await AskAsync(((IDeliveredChannel)channel).Admin, context, stop);
        }
        finally
        {
            (channel as IDisposable)?.Dispose();
        }
    }

    protected abstract bool IsOn(ServerSettings settings);

    protected abstract IChannel Open(DoctorContext context);

    /// <summary>Null: updates are fetched by polling.</summary>
    protected abstract Uri? Webhook(ServerSettings settings);

    protected virtual Words Unreachable(Words reason, DoctorContext context) => ($"{about.Name} cannot be reached: {reason.English}", $"{about.Name} недоступен: {reason.Russian}");

    protected virtual Words? MendUnreachable(string reason, DoctorContext context) => null;

    protected static NullLoggerFactory NoLogs => NullLoggerFactory.Instance;

    private async Task<IReadOnlyList<Finding>> AskAsync(IWebhookAdmin admin, DoctorContext context, CancellationToken stop)
    {
        var me = await admin.MeAsync(stop);
        if (!me.Worked) return [Refused(me.Problem!, context)];

        var findings = new List<Finding> { about.Api.Ok(), about.Token.Ok() };
        var info = await admin.InfoAsync(stop);
        if (info.Worked) findings.AddRange(Judge(info, context));
        else findings.Add(about.Webhook.Unchecked(($"{about.Name} does not say where it delivers", $"{about.Name} не сообщает, куда доставляет")));
        return findings;
    }

    private Finding Refused(string problem, DoctorContext context)
    {
        var words = NetworkWords.Of(problem);
        if (NetworkWords.IsUnreachable(problem)) return about.Api.Failure(Unreachable(words, context), MendUnreachable(problem, context));

        var wrong = problem.StartsWith("answered 401", StringComparison.Ordinal) || problem.StartsWith("answered 403", StringComparison.Ordinal) || problem.Contains($"check {about.TokenSetting}", StringComparison.Ordinal);
        return wrong
            ? about.Token.Failure(($"{about.Name} refuses the token in {about.TokenSetting}", $"{about.Name} не принимает токен из {about.TokenSetting}"), $"{context.EditSettings}   # {about.TokenSetting}")
            : about.Api.Failure(($"{about.Name} does not work: {words.English}", $"{about.Name} не работает: {words.Russian}"), $"{context.EditSettings}   # {about.Key.ToUpperInvariant()}_BASE_URL");
    }

    private IEnumerable<Finding> Judge(AdminAnswer info, DoctorContext context)
    {
        const string url = "url: ";
        var urls = info.Facts.Where(fact => fact.StartsWith(url, StringComparison.Ordinal)).Select(fact => fact[url.Length..]).ToList();
        if (Webhook(context.Settings) is not { } ours)
        {
            yield return urls.Count == 0 ? about.Webhook.Ok() : Excluded(urls[0]);
            yield break;
        }

        var stands = urls.Exists(known => known == ours.AbsoluteUri || known == ours.OriginalString);
        yield return stands ? about.Webhook.Ok() : Missing(ours, urls);
        var others = urls.Where(known => known != ours.AbsoluteUri && known != ours.OriginalString).ToList();
        if (stands && others.Count > 0) yield return about.Others.Warning(($"{about.Name} also delivers to {others[0]}", $"{about.Name} доставляет ещё и на {others[0]}"));
        if (stands) yield return Delivered(info.Told, context.Clock.GetUtcNow());
    }

    private Finding Excluded(string url) => about.Webhook.Failure(
        ($"updates are fetched by polling, and a webhook stands at {url}: while it stands, polling gets nothing", $"обновления забираются опросом, но стоит вебхук {url}: пока он стоит, опрос ничего не получает"),
        $"sudo optfm webhook delete {about.Key}");

    private Finding Missing(Uri ours, List<string> urls) => urls.Count == 0
        ? about.Webhook.Failure(($"{about.Name} has no webhook: it delivers to nobody", $"в {about.Name} нет вебхука: доставлять некуда"))
        : about.Webhook.Failure(($"{about.Name} delivers to {urls[0]}, and {about.UrlSetting} says {ours}", $"{about.Name} доставляет на {urls[0]}, а в {about.UrlSetting} записан {ours}"));

    /// <summary>Only Telegram-shaped APIs tell: https://core.telegram.org/bots/api#webhookinfo</summary>
    private Finding Delivered(JsonElement told, DateTimeOffset now)
    {
        var pending = Number(told.Get("pending_update_count"));
        var failed = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(Number(told.Get("last_error_date")), 0, 253402300799));
        if (told.Get("last_error_message").Words() is { } said && now - failed < Recent)
        {
            var error = RefusalReason.Clean(said, "");
            return about.Deliveries.Failure(($"{about.Name} cannot deliver, {pending} messages wait: {error}", $"{about.Name} не может доставить, ждут сообщений: {pending}: {error}"));
        }

        return pending < ManyPending
            ? about.Deliveries.Ok()
            : about.Deliveries.Warning(($"{pending} messages wait at {about.Name}", $"у {about.Name} ждут доставки сообщений: {pending}"));
    }

    private static long Number(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && long.TryParse(element.GetRawText(), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
