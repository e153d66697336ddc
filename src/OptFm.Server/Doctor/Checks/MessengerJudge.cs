using System.Globalization;
using System.Text.Json;
using OptFm.Server.Channels;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>Judges what a messenger answered about the bot: for the doctor, who looks once, and the watch, which looks again and again.</summary>
internal sealed class MessengerJudge(MessengerDiagnoses about)
{
    private const int ManyPending = 100;
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    /// <summary>The addresses among the facts.</summary>
    public static IReadOnlyList<string> Urls(AdminAnswer info)
    {
        const string url = "url: ";
        return [.. info.Facts.Where(fact => fact.StartsWith(url, StringComparison.Ordinal)).Select(fact => fact[url.Length..])];
    }

    public static long Pending(AdminAnswer info) => Number(info.Told.Get("pending_update_count"));

    /// <summary>When a delivery last failed, as far as the messenger tells; long ago where it does not.</summary>
    public static DateTimeOffset LastError(AdminAnswer info) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(Number(info.Told.Get("last_error_date")), 0, 253402300799));

    /// <param name="problem">Why the messenger could not be asked.</param>
    /// <param name="editSettings">The command that changes a setting.</param>
    /// <param name="mendUnreachable">Where more is known than how to look at the network.</param>
    public Finding Refused(string problem, string editSettings, Words? mendUnreachable = null)
    {
        var words = NetworkWords.Of(problem);
        if (NetworkWords.IsUnreachable(problem)) return about.Api.Failure(($"{about.Name} cannot be reached: {words.English}", $"{about.Name} недоступен: {words.Russian}"), mendUnreachable);

        return IsOfToken(problem)
            ? about.Token.Failure(($"{about.Name} refuses the token in {about.TokenSetting}", $"{about.Name} не принимает токен из {about.TokenSetting}"), $"{editSettings}   # {about.TokenSetting}")
            : about.Api.Failure(($"{about.Name} does not work: {words.English}", $"{about.Name} не работает: {words.Russian}"), $"{editSettings}   # {about.Key.ToUpperInvariant()}_BASE_URL");
    }

    public bool IsOfToken(string problem) =>
        problem.StartsWith("answered 401", StringComparison.Ordinal) || problem.StartsWith("answered 403", StringComparison.Ordinal) || problem.Contains($"check {about.TokenSetting}", StringComparison.Ordinal);

    /// <param name="info">What the messenger said of the webhook.</param>
    /// <param name="ours">Where it should deliver; null: updates are fetched by polling.</param>
    /// <param name="now">The clock's time.</param>
    public IEnumerable<Finding> Judge(AdminAnswer info, Uri? ours, DateTimeOffset now)
    {
        var urls = Urls(info);
        if (ours is null)
        {
            yield return urls.Count == 0 ? about.Webhook.Ok() : Excluded(urls[0]);
            yield break;
        }

        var stands = urls.Any(known => WebhookUrls.IsCurrent(known, ours));
        yield return stands ? about.Webhook.Ok() : Missing(ours, urls);
        var others = urls.Where(known => !WebhookUrls.IsCurrent(known, ours)).ToList();
        if (stands && others.Count > 0) yield return about.Others.Warning(($"{about.Name} also delivers to {others[0]}", $"{about.Name} доставляет ещё и на {others[0]}"));
        if (stands) yield return Delivered(info, now);
    }

    private Finding Excluded(string url) => about.Webhook.Failure(
        ($"updates are fetched by polling, and a webhook stands at {url}: while it stands, polling gets nothing", $"обновления забираются опросом, но стоит вебхук {url}: пока он стоит, опрос ничего не получает"),
        $"sudo optfm webhook delete {about.Key}");

    private Finding Missing(Uri ours, IReadOnlyList<string> urls) => urls.Count == 0
        ? about.Webhook.Failure(($"{about.Name} has no webhook: it delivers to nobody", $"в {about.Name} нет вебхука: доставлять некуда"))
        : about.Webhook.Failure(($"{about.Name} delivers to {urls[0]}, and {about.UrlSetting} says {ours}", $"{about.Name} доставляет на {urls[0]}, а в {about.UrlSetting} записан {ours}"));

    /// <summary>Only Telegram-shaped APIs tell: https://core.telegram.org/bots/api#webhookinfo</summary>
    private Finding Delivered(AdminAnswer info, DateTimeOffset now)
    {
        var pending = Pending(info);
        if (info.Told.Get("last_error_message").Words() is { } said && now - LastError(info) < Recent)
        {
            var error = DeliveryErrors.Of(said, about.Key);
            return about.Deliveries.Failure(($"{about.Name} cannot deliver, {pending} messages wait: {error.What.English}", $"{about.Name} не может доставить, ждут сообщений: {pending}: {error.What.Russian}"), error.Mend);
        }

        return pending < ManyPending
            ? about.Deliveries.Ok()
            : about.Deliveries.Warning(($"{pending} messages wait at {about.Name}", $"у {about.Name} ждут доставки сообщений: {pending}"));
    }

    private static long Number(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && long.TryParse(element.GetRawText(), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
