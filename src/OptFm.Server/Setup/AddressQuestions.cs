using OptFm.Server.Setup.Checks;

namespace OptFm.Server.Setup;

/// <summary>The public address: domain, certificate, the page.</summary>
internal sealed class AddressQuestions(Asking asking, Draft draft)
{
    private const string Certbot = "certbot";

    private readonly DomainCheck _domains = new(draft.Machine);
    private readonly CertificateCheck _certificates = new(draft.Machine.Clock);

    /// <param name="needed">Whether a messenger can do without.</param>
    /// <returns>The choices about the address; the others are still to be filled in.</returns>
    public async Task<Choices> AskAsync(bool needed, CancellationToken stop)
    {
        var page = await asking.SwitchAsync(Questions.WebPage, draft.Present.HasPage, stop);
        var domain = await DomainAsync(needed || page, stop);
        var nginx = domain.Length > 0 && await asking.SwitchAsync(Questions.Nginx, present: true, stop);
        var certificate = nginx ? await CertificateAsync(domain, stop) : "";
        return new Choices
        {
            Settings = draft.Settings,
            Copies = draft.Copies,
            Domain = domain,
            WebPage = page,
            Nginx = nginx,
            CertificateFile = certificate,
            CertificateKey = certificate.Length > 0 ? await KeyAsync(certificate, stop) : "",
            CertbotEmail = nginx && certificate.Length == 0 ? await EmailAsync(domain, stop) : "",
            Firewall = false,
            Fail2Ban = false,
            Upgrades = false,
        };
    }

    private async Task<string> DomainAsync(bool needed, CancellationToken stop)
    {
        var question = Questions.Domain with { MayBeEmpty = !needed };
        if (!needed)
        {
            question = question with
            {
                Explains = new(
                    $"{Questions.Domain.Explains.English} None: the bot fetches messages itself and needs no open port.",
                    $"{Questions.Domain.Explains.Russian} Без домена бот забирает сообщения сам, и открытый порт не нужен."),
            };
        }

        var answer = await asking.TextAsync(question, draft.Present.Domain, given => _domains.JudgeAsync(given, stop), stop);
        return answer.Length == 0 ? "" : DomainCheck.Name(answer) ?? "";
    }

    /// <returns>The path, or empty for certbot's.</returns>
    private async Task<string> CertificateAsync(string domain, CancellationToken stop)
    {
        var present = draft.Present.Certificate.Length > 0 ? draft.Present.Certificate : Certbot;
        var answer = await asking.TextAsync(
            Questions.Certificate,
            present,
            given => given == Certbot ? Verdict.Fine : _certificates.Site(draft.Machine.PathOf(given), domain),
            stop);
        return answer == Certbot ? "" : answer;
    }

    private Task<string> KeyAsync(string certificate, CancellationToken stop) => asking.TextAsync(
        Questions.CertificateKey,
        draft.Present.CertificateKey,
        given => CertificateCheck.Key(draft.Machine.PathOf(given), draft.Machine.PathOf(certificate)),
        stop);

    private async Task<string> EmailAsync(string domain, CancellationToken stop)
    {
        if (File.Exists(draft.Machine.PathOf($"/etc/letsencrypt/live/{domain}/fullchain.pem"))) return "";
        return await asking.TextAsync(Questions.CertbotEmail, "", IsEmail, stop);
    }

    private static Verdict IsEmail(string answer) => answer.IndexOf('@') is var at && at > 0 && answer.IndexOf('.', at) > at + 1 && !answer.Any(char.IsWhiteSpace)
        ? Verdict.Fine
        : Verdict.Refused("This is no e-mail address.", "Это не адрес электронной почты.");
}
