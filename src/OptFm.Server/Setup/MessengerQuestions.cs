using OptFm.Server.Channels.Max;
using OptFm.Server.Channels.Telegram;
using OptFm.Server.Setup.Checks;

namespace OptFm.Server.Setup;

/// <summary>Which messengers, and the tokens that they give.</summary>
internal sealed class MessengerQuestions(Asking asking, Draft draft)
{
    private const string OfficialAddress = "https://platform-api2.max.ru";

    private readonly TokenCheck _tokens = new(draft.Machine.Clock);
    private readonly CertificateCheck _certificates = new(draft.Machine.Clock);

    /// <returns>official, compat or off.</returns>
    public async Task<string> MaxAsync(CancellationToken stop)
    {
        var max = await asking.OptionAsync(Questions.Max, PresentMax(), stop);
        if (max == "off")
        {
            draft.Settings[MaxOptions.ApiKey.Name] = "";
            return max;
        }

        draft.Settings[MaxOptions.Api.Name] = max;
        draft.Settings[MaxOptions.BaseUrl.Name] = await asking.TextAsync(Questions.MaxAddress, MaxAddress(max), IsAddress, stop);
        if (max == "official") await CertificatesAsync(stop);
        var known = draft.Present.Settings.GetValueOrDefault(MaxOptions.ApiKey.Name, "");
        draft.Settings[MaxOptions.ApiKey.Name] = await asking.TextAsync(Questions.MaxToken, known, token => _tokens.MaxAsync(With(MaxOptions.ApiKey.Name, token), stop), stop);
        await draft.SecretAsync(asking, Questions.MaxSecret, least: 5, stop);
        return max;
    }

    public async Task<bool> TelegramAsync(CancellationToken stop)
    {
        var present = draft.Present.HasTelegram || asking.Respondent.HasAnswer(Questions.TelegramToken);
        if (!await asking.SwitchAsync(Questions.Telegram, present, stop))
        {
            draft.Settings[TelegramOptions.BotToken.Name] = "";
            return false;
        }

        draft.Settings[TelegramOptions.BaseUrl.Name] = await asking.TextAsync(Questions.TelegramAddress, draft.Present.Value(TelegramOptions.BaseUrl), IsAddress, stop);
        var known = draft.Present.Settings.GetValueOrDefault(TelegramOptions.BotToken.Name, "");
        draft.Settings[TelegramOptions.BotToken.Name] = await asking.TextAsync(Questions.TelegramToken, known, token => _tokens.TelegramAsync(With(TelegramOptions.BotToken.Name, token), stop), stop);
        await draft.SecretAsync(asking, Questions.TelegramSecret, least: 1, stop);
        return true;
    }

    /// <summary>Where updates come: by webhook to the domain, or fetched where there is none.</summary>
    public void Deliver(string max, bool telegram, string domain)
    {
        if (max != "off")
        {
            draft.Settings[MaxOptions.Updates.Name] = domain.Length > 0 ? "webhook" : "polling";
            draft.Settings[MaxOptions.WebhookUrl.Name] = domain.Length > 0 ? $"https://{domain}/webhook/max/" : "";
        }

        if (telegram) draft.Settings[TelegramOptions.WebhookUrl.Name] = domain.Length > 0 ? $"https://{domain}/webhook/telegram/" : "";
    }

    private static Verdict IsAddress(string answer) => Uri.TryCreate(answer, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? Verdict.Fine
        : Verdict.Refused("This is no address such as https://…", "Это не адрес вида https://…");

    private string PresentMax()
    {
        if (draft.Present.HasMax) return MaxOptions.Read(new(draft.Present.Settings)).Dialect == MaxDialect.Official ? "official" : "compat";
        return asking.Respondent.IsSomebody || asking.Respondent.HasAnswer(Questions.MaxToken) ? "official" : "off";
    }

    /// <summary>What is set, unless it is of the other API or retired.</summary>
    private string MaxAddress(string max)
    {
        var present = MaxOptions.Read(new(draft.Present.Settings));
        var retired = present.Address.Host is "platform-api.max.ru" or "botapi.max.ru";
        if (!retired && max == (present.Dialect == MaxDialect.Official ? "official" : "compat")) return draft.Present.Value(MaxOptions.BaseUrl);
        return max == "official" ? OfficialAddress : MaxOptions.BaseUrl.Default;
    }

    private async Task CertificatesAsync(CancellationToken stop)
    {
        var known = draft.Present.Settings.GetValueOrDefault(MaxOptions.CaFile.Name, "");
        var path = await asking.TextAsync(Questions.MaxCertificates, known, answer => _certificates.Roots(draft.Machine.PathOf(answer)), stop);
        draft.SetFile(MaxOptions.CaFile.Name, path, "max-ca.pem", always: true);
    }

    private Dictionary<string, string> With(string name, string value) => new(draft.Tentative(), StringComparer.Ordinal) { [name] = value };
}
