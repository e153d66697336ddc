using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OptFm.Server.Channels.Max;

namespace OptFm.Server.Setup.Checks;

/// <summary>Whether files of certificates are what they should be, and for how long.</summary>
internal sealed class CertificateCheck(TimeProvider clock)
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    /// <summary>Roots for MAX.</summary>
    public Verdict Roots(string path)
    {
        if (!File.Exists(path)) return NotThere(path);
        try
        {
            var certificates = MaxTrust.Load(path);
            var end = certificates.Min(c => c.NotAfter.ToUniversalTime());
            foreach (var certificate in certificates) certificate.Dispose();
            if (end < clock.GetUtcNow().UtcDateTime) return Verdict.Refused($"A certificate in {path} expired on {end:yyyy-MM-dd}: download the file anew.", $"Сертификат в {path} истёк {end:yyyy-MM-dd}: скачайте файл заново.");
            return Verdict.FineAs($"certificates: {certificates.Count}, good until {end:yyyy-MM-dd}", $"сертификатов: {certificates.Count}, действуют до {end:yyyy-MM-dd}");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return Verdict.Refused($"{path} holds no certificate in PEM form (it begins with -----BEGIN CERTIFICATE-----).", $"В {path} нет сертификата в виде PEM (он начинается с -----BEGIN CERTIFICATE-----).");
        }
    }

    /// <summary>The site's certificate, without its key.</summary>
    public Verdict Site(string path, string domain)
    {
        if (!File.Exists(path)) return NotThere(path);
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(path);
            return chain.Count == 0 ? NoCertificate(path) : Judge(chain, domain);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return NoCertificate(path);
        }
    }

    public static Verdict Key(string path, string certificate)
    {
        if (!File.Exists(path)) return NotThere(path);
        try
        {
            using var pair = X509Certificate2.CreateFromPemFile(certificate, path);
            return Verdict.Fine;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Verdict.Refused($"{path} is not the unencrypted key of {certificate}.", $"{path} — не ключ от {certificate} или ключ под паролем.");
        }
    }

    private static Verdict NotThere(string path) => Verdict.Refused($"There is no file {path}", $"Файла {path} нет");

    private static Verdict NoCertificate(string path) => Verdict.Refused($"{path} holds no certificate in PEM form.", $"В {path} нет сертификата в виде PEM.");

    private Verdict Judge(X509Certificate2Collection chain, string domain)
    {
        var (leaf, now) = (chain[0], clock.GetUtcNow().UtcDateTime);
        var end = leaf.NotAfter.ToUniversalTime();
        if (!leaf.MatchesHostname(domain)) return Verdict.Refused($"The certificate is not for {domain}.", $"Сертификат выдан не для {domain}.");
        if (end < now) return Verdict.Refused($"The certificate expired on {end:yyyy-MM-dd}.", $"Сертификат истёк {end:yyyy-MM-dd}.");
        if (chain.Count == 1) return Verdict.Doubtful("The file holds one certificate, and MAX demands the full chain: the intermediate ones belong in it too.", "В файле один сертификат, а MAX требует полную цепочку: промежуточные должны быть в том же файле.");
        return end - Soon < now
            ? Verdict.Doubtful($"The certificate expires on {end:yyyy-MM-dd}.", $"Сертификат истекает {end:yyyy-MM-dd}.")
            : Verdict.FineAs($"good until {end:yyyy-MM-dd}", $"действует до {end:yyyy-MM-dd}");
    }
}
