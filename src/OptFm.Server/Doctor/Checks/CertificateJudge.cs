using System.Security.Cryptography.X509Certificates;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>
/// A host's certificate as messengers demand it: full chain, matching name, from an authority, in its dates, over TLS 1.2 or newer. MAX refuses
/// anything else since 2026-05-25; Telegram too: https://core.telegram.org/bots/webhooks
/// </summary>
internal static class CertificateJudge
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(30);
    private static readonly TimeSpan Urgent = TimeSpan.FromDays(7);

    private static readonly Words Why = ("Messengers deliver only to a certificate they can verify; after eight hours of failures MAX drops the subscription.", "Мессенджеры доставляют только туда, где сертификат проверяется; через 8 часов неудач MAX удаляет подписку.");

    /// <summary>Not certbot's own plugin for nginx: it is a package of its own, and would rewrite the site.</summary>
    private const string Renew = "sudo optfm setup   # CERTIFICATE: certbot";

    private static readonly Diagnosis Tls = new("certificate-tls", Area.Delivery, ("TLS 1.2 or newer", "TLS 1.2 или новее"), Why, "sudo nginx -t && sudo systemctl reload nginx; sudo tail /var/log/nginx/error.log");
    private static readonly Diagnosis Name = new("certificate-name", Area.Delivery, ("the certificate's name", "имя в сертификате"), Why, Renew);
    private static readonly Diagnosis Dates = new("certificate-dates", Area.Delivery, ("the certificate's dates", "срок сертификата"), Why, "sudo certbot renew && sudo systemctl reload nginx");
    private static readonly Diagnosis Chain = new("certificate-chain", Area.Delivery, ("the certificate's chain", "цепочка сертификата"), Why, "sudo sed -i 's|ssl_certificate .*;|ssl_certificate /etc/letsencrypt/live/DOMAIN/fullchain.pem;|' /etc/nginx/sites-available/optfm && sudo systemctl reload nginx");

    public static IReadOnlyList<Diagnosis> Diagnoses { get; } = [Tls, Name, Dates, Chain];

    /// <param name="roots">Whom the messenger trusts.</param>
    public static IReadOnlyList<Finding> Judge(ServedCertificate served, string host, X509Certificate2Collection roots, DateTimeOffset now)
    {
        if (served.Leaf is null)
            return [Tls.Failure(($"{host} does not speak TLS 1.2 or newer on this port", $"{host} не говорит на этом порту по TLS 1.2 или новее"))];

        return [Tls.Ok(), JudgeName(served, host), JudgeDates(served.Leaf, host, now), JudgeChain(served, host, roots, now)];
    }

    /// <summary>Whether messengers trust it today: one that expires within days is a failure already, and good until then.</summary>
    public static bool IsGood(IEnumerable<Finding> findings, byte[]? certificate, DateTimeOffset now)
    {
        var failures = findings.Where(finding => finding.Level == FindingLevel.Failure && Diagnoses.Contains(finding.Diagnosis)).ToList();
        if (certificate is null || failures.Count == 0) return failures.Count == 0;

        using var leaf = X509CertificateLoader.LoadCertificate(certificate);
        return failures.TrueForAll(failure => failure.Diagnosis == Dates) && leaf.NotBefore.ToUniversalTime() <= now.UtcDateTime && now.UtcDateTime < leaf.NotAfter.ToUniversalTime();
    }

    private static Finding JudgeName(ServedCertificate served, string host)
    {
        if (served.NameMatches) return Name.Ok();

        var named = served.Leaf!.GetNameInfo(X509NameType.DnsName, forIssuer: false);
        return Name.Failure(($"the certificate of {host} is for {named}", $"сертификат узла {host} выдан на имя {named}"), Renew);
    }

    private static Finding JudgeDates(X509Certificate2 leaf, string host, DateTimeOffset now)
    {
        var end = new DateTimeOffset(leaf.NotAfter.ToUniversalTime());
        if (end <= now) return Dates.Failure(($"the certificate of {host} expired on {end:yyyy-MM-dd}", $"сертификат узла {host} истёк {end:dd.MM.yyyy}"));
        if (leaf.NotBefore.ToUniversalTime() > now.UtcDateTime)
            return Dates.Failure(($"the certificate of {host} is not valid yet: is the clock right?", $"сертификат узла {host} ещё не действует: верны ли часы?"), "timedatectl");

        var days = (int)(end - now).TotalDays;
        if (end - now >= Least(leaf, Ahead, 3)) return Dates.Ok(($"the certificate of {host} is valid for {days} days", $"сертификат узла {host} действует ещё {days} дн."));
        return end - now >= Least(leaf, Urgent, 12)
            ? Dates.Warning(($"the certificate of {host} expires in {days} days, and was not renewed", $"сертификат узла {host} истекает через {days} дн. и не продлён"))
            : Dates.Failure(($"the certificate of {host} expires in {days} days: renewing it does not work", $"сертификат узла {host} истекает через {days} дн.: продление не работает"));
    }

    /// <summary>
    /// Of certificates shorter than 90 days a part of their life, lest they be complained of from their first day: certbot renews when a third is left.
    /// https://letsencrypt.org/docs/integration-guide/#when-to-renew
    /// </summary>
    private static TimeSpan Least(X509Certificate2 leaf, TimeSpan usual, int part)
    {
        var share = (leaf.NotAfter - leaf.NotBefore) / part;
        return share < usual ? share : usual;
    }

    private static Finding JudgeChain(ServedCertificate served, string host, X509Certificate2Collection roots, DateTimeOffset now)
    {
        var mend = $"sudo sed -i 's|ssl_certificate .*;|ssl_certificate /etc/letsencrypt/live/{host}/fullchain.pem;|' /etc/nginx/sites-available/optfm && sudo systemctl reload nginx";
        if (served.IsSelfSigned) return Chain.Failure(($"the certificate of {host} is self-signed: messengers refuse it", $"сертификат узла {host} самоподписанный: мессенджеры его не принимают"), Renew);
        if (!served.IsComplete(roots)) return Chain.Failure(($"{host} does not send the intermediate certificate", $"{host} не присылает промежуточный сертификат"), mend);
        return served.IsTrusted(roots, now)
            ? Chain.Ok()
            : Chain.Failure(($"the certificate of {host} is from an authority nobody trusts", $"сертификат узла {host} выдан центром, которому никто не доверяет"), Renew);
    }
}
