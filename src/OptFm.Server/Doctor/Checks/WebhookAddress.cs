using System.Security.Cryptography.X509Certificates;
using OptFm.Server.Channels;
using OptFm.Server.Channels.Max;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>Where a messenger is told to deliver, and how a delivery proves itself.</summary>
/// <param name="Header">Carries the secret.</param>
/// <param name="Secret">Empty: nothing is checked.</param>
internal sealed record WebhookAddress(string Key, Uri Url, string Header, string Secret)
{
    public string Host => Url.IdnHost;

    public static IEnumerable<WebhookAddress> All(ServerSettings settings)
    {
        var (max, telegram) = (settings.Max, settings.Telegram);
        if (max is { Enabled: true, Polling: false, Webhook: { } url })
            yield return new("max", url, max.Dialect == MaxDialect.Official ? "X-Max-Bot-Api-Secret" : "X-Telegram-Bot-Api-Secret-Token", max.Verify ? max.Secret : "");
        if (telegram is { Enabled: true, Webhook: { } address })
            yield return new("telegram", address, "X-Telegram-Bot-Api-Secret-Token", telegram.Secret);
    }

    /// <summary>This machine's roots; for MAX, which trusts the Russian ones, those of MAX_CA_FILE too.</summary>
    public X509Certificate2Collection Roots(DoctorContext context)
    {
        var roots = new X509Certificate2Collection();
        if (context.TrustedRoots is { } given) roots.AddRange(given);
        else AddSystemRoots(roots);
        var extra = context.Settings.Max.CertificateFile;
        if (Key == "max" && extra.Length > 0 && File.Exists(extra)) roots.AddRange(MaxTrust.Load(extra));
        return roots;
    }

    private static void AddSystemRoots(X509Certificate2Collection roots)
    {
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        roots.AddRange(store.Certificates);
    }
}
