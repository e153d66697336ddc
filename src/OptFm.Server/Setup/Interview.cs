using OptFm.Server.Settings;

namespace OptFm.Server.Setup;

/// <summary>Asks everything, checks each answer at once and changes nothing.</summary>
internal sealed class Interview
{
    private readonly Machine _machine;
    private readonly Present _present;
    private readonly Asking _asking;
    private readonly ShopQuestions _shop;
    private readonly MessengerQuestions _messengers;
    private readonly AddressQuestions _address;
    private readonly Draft _draft;

    public Interview(Machine machine, Present present, IRespondent respondent)
    {
        (_machine, _present, _asking, _draft) = (machine, present, new Asking(respondent), new Draft(machine, present));
        _messengers = new MessengerQuestions(_asking, _draft);
        _address = new AddressQuestions(_asking, _draft);
        _shop = new ShopQuestions(_asking, _draft);
    }

    /// <summary>The settings as they will be, with files where they still are.</summary>
    public IReadOnlyDictionary<string, string> Tentative => _draft.Tentative();

    public async Task<Choices> RunAsync(CancellationToken stop)
    {
        await LanguageAsync(stop);
        var max = await _messengers.MaxAsync(stop);
        var telegram = await _messengers.TelegramAsync(stop);
        var address = await _address.AskAsync(needed: max == "compat", stop);
        _messengers.Deliver(max, telegram, address.Domain);
        await _shop.AskAsync(stop);
        var firewall = await _asking.SwitchAsync(Questions.Firewall, _asking.Respondent.IsSomebody, stop);
        var bans = address.Domain.Length > 0 && address.Nginx && await _asking.SwitchAsync(Questions.Fail2Ban, present: true, stop);
        var upgrades = await _asking.SwitchAsync(Questions.Upgrades, present: true, stop);
        await _draft.SecretAsync(_asking, Questions.AdminToken, least: 16, stop);
        return address with { Settings = _draft.Settings, Copies = _draft.Copies, Firewall = firewall, Fail2Ban = bans, Upgrades = upgrades };
    }

    private async Task LanguageAsync(CancellationToken stop)
    {
        var respondent = _asking.Respondent;
        var known = new Dictionary<string, string>(_present.Settings, StringComparer.Ordinal);
        foreach (var name in (ReadOnlySpan<string>)["OPTFM_LANG", "LC_ALL", "LC_MESSAGES", "LANG"])
        {
            if (_machine.Variable(name) is { Length: > 0 } value) known[name] = value;
        }

        respondent.Language = AdministratorLanguages.Of(known);
        var language = await _asking.OptionAsync(Questions.Language, respondent.Language == AdministratorLanguage.Russian ? "ru" : "en", stop);
        respondent.Language = language == "ru" ? AdministratorLanguage.Russian : AdministratorLanguage.English;
        _draft.Settings[ServerSettings.Language.Name] = language;
    }
}
