using System.Security.Cryptography;
using OptFm.Server.Channels;
using OptFm.Server.Channels.Max;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

internal sealed class MaxCheck() : MessengerCheck(MessengerDiagnoses.Max)
{
    protected override bool IsOn(ServerSettings settings) => settings.Max.Enabled;

    protected override IChannel Open(DoctorContext context) => ChannelList.Max(Quick(context.Settings.Max), context.Clock, NoLogs);

    protected override Uri? Webhook(ServerSettings settings) => settings.Max.Polling ? null : settings.Max.Webhook;

    protected override Words? MendUnreachable(string reason, DoctorContext context) =>
        reason.StartsWith("TLS", StringComparison.Ordinal) && context.Settings.Max.CertificateFile.Length == 0
            ? new Words($"{context.EditSettings}   # MAX_CA_FILE=russian_trusted_root_ca.pem, from https://www.gosuslugi.ru/crt", $"{context.EditSettings}   # MAX_CA_FILE=russian_trusted_root_ca.pem, взять на https://www.gosuslugi.ru/crt")
            : null;

    private static MaxOptions Quick(MaxOptions options) => options with { CallTimeout = TimeSpan.FromSeconds(Math.Min(4, options.CallTimeout.TotalSeconds)) };
}

internal sealed class TelegramCheck() : MessengerCheck(MessengerDiagnoses.Telegram)
{
    protected override bool IsOn(ServerSettings settings) => settings.Telegram.Enabled;

    protected override IChannel Open(DoctorContext context) => ChannelList.Telegram(context.Settings.Telegram, context.Clock, NoLogs);

    protected override Uri? Webhook(ServerSettings settings) => settings.Telegram.Webhook;
}

/// <summary>The roots of MAX_CA_FILE: without a valid one MAX's own host is not trusted.</summary>
internal sealed class MaxCertificatesCheck : ICheck
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(30);
    private static readonly TimeSpan Urgent = TimeSpan.FromDays(7);

    private static readonly Diagnosis Roots = new(
        "max-ca", Area.Messengers,
        ("the root certificates for MAX (MAX_CA_FILE)", "корневые сертификаты для MAX (MAX_CA_FILE)"),
        ("Once one of them expires the bot no longer trusts MAX and cannot answer.", "Когда сертификат истечёт, бот перестанет доверять MAX и не сможет отвечать."),
        "sudo optfm setup   # MAX_CA_FILE: the file from https://www.gosuslugi.ru/crt");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Roots];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        var file = context.Settings.Max.CertificateFile;
        if (file.Length == 0 || !File.Exists(file)) return [];
        if (await ServiceAccess.IsReadableAsync(context, file, stop) == false)
            return [Roots.Failure(($"{file} cannot be read by the service (user {context.ServiceUser})", $"{file} не может прочесть служба (пользователь {context.ServiceUser})"), ServiceAccess.Mend(context, file))];

        try
        {
            return [Judge(file, context.Clock)];
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return [Roots.Failure(($"{file} holds no certificate in PEM form", $"{file} не содержит сертификата в виде PEM"))];
        }
    }

    /// <summary>A month ahead a warning, and a failure when a week is left: a new file has to be fetched by hand.</summary>
    /// <exception cref="CryptographicException">The file holds no certificate.</exception>
    internal static Finding Judge(string file, TimeProvider clock)
    {
        var (expiring, now) = (MaxTrust.Expiring(file, clock, Ahead), clock.GetUtcNow());
        if (expiring.Count == 0) return Roots.Ok();

        var (subject, end) = expiring.MinBy(certificate => certificate.NotAfter);
        if (end < now) return Roots.Failure(($"{subject} expired on {end:yyyy-MM-dd}", $"сертификат {subject} истёк {end:dd.MM.yyyy}"));
        return end - now < Urgent
            ? Roots.Failure(($"{subject} expires within a week, on {end:yyyy-MM-dd}", $"сертификат {subject} истекает меньше чем через неделю, {end:dd.MM.yyyy}"))
            : Roots.Warning(($"{subject} expires on {end:yyyy-MM-dd}", $"сертификат {subject} истекает {end:dd.MM.yyyy}"));
    }
}
