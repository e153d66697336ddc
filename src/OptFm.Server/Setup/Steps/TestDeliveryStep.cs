using System.Net;
using System.Text;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup.Steps;

/// <summary>
/// Delivers an update to the public address as a messenger would: one of a kind that the bot acknowledges and passes over, so that no
/// customer sees a trace; and one with a wrong secret, which must be refused.
/// </summary>
internal sealed class TestDeliveryStep : ISetupStep
{
    private const string Update = "{\"update_type\":\"optfm_setup_check\",\"optfm_setup_check\":true}";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public Task<Words?> PlanAsync(SetupContext setup, CancellationToken stop) => Task.FromResult<Words?>(Targets(setup).Any()
        ? new($"Deliver a test to https://{setup.Choices.Domain}/webhook/…, as a messenger would", $"Доставить проверку на https://{setup.Choices.Domain}/webhook/…, как это делает мессенджер")
        : null);

    public async Task<StepOutcome> ApplyAsync(SetupContext setup, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = Patience };
        foreach (var (url, secret) in Targets(setup))
        {
            if (await ProblemAsync(http, url, secret, stop) is { } problem) return problem;
        }

        return StepOutcome.Done("a delivery with the right secret arrives, one with a wrong secret is refused", "доставка с верным секретом доходит, с неверным — отклоняется");
    }

    private static IEnumerable<(Uri Url, string Secret)> Targets(SetupContext setup)
    {
        var (max, telegram) = (setup.Loaded.Settings.Max, setup.Loaded.Settings.Telegram);
        if (max is { Enabled: true, Polling: false, Webhook: { } ours } && max.AllowedNetworks.Count == 0) yield return (ours, max.Secret);
        if (telegram is { Enabled: true, Webhook: { } theirs }) yield return (theirs, telegram.Secret);
    }

    private static async Task<StepOutcome?> ProblemAsync(HttpClient http, Uri url, string secret, CancellationToken stop)
    {
        try
        {
            var right = await DeliverAsync(http, url, secret, stop);
            if (right != HttpStatusCode.OK) return StepOutcome.Failed($"{url} answered {(int)right} instead of 200: sudo optfm doctor", $"{url} ответил {(int)right} вместо 200: sudo optfm doctor");
            var wrong = await DeliverAsync(http, url, "not-the-secret", stop);
            return wrong == HttpStatusCode.Unauthorized ? null : StepOutcome.Failed($"{url} answered {(int)wrong} to a wrong secret instead of 401", $"{url} ответил {(int)wrong} на неверный секрет вместо 401");
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            return StepOutcome.Failed($"{url}: its certificate is not trusted, or is not for this name: sudo optfm doctor", $"{url}: сертификату нет доверия, или он не для этого имени: sudo optfm doctor");
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return StepOutcome.Skipped($"{url} cannot be reached from this machine; whether it can from outside: sudo optfm doctor", $"{url} с этой машины недоступен; виден ли он снаружи: sudo optfm doctor");
        }
    }

    private static async Task<HttpStatusCode> DeliverAsync(HttpClient http, Uri url, string secret, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(Update, Encoding.UTF8, "application/json") };
        // Each messenger's own; what is not theirs they do not look at.
        request.Headers.Add("X-Max-Bot-Api-Secret", secret);
        request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
        using var answer = await http.SendAsync(request, stop);
        return answer.StatusCode;
    }
}
