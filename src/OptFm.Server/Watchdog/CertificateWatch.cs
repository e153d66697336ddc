using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OptFm.Server.Channels.Max;
using OptFm.Server.Doctor;
using OptFm.Server.Doctor.Checks;

namespace OptFm.Server.Watchdog;

/// <summary>One look at the certificates that must not expire unnoticed: that of the public address, and the roots of MAX_CA_FILE.</summary>
internal sealed class CertificateWatch(DoctorContext context)
{
    /// <summary>So long without a delivery is long enough to ask whether the address can be reached at all.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    private static readonly string[] OfCertificate = [.. CertificateJudge.Diagnoses.Select(diagnosis => diagnosis.Id)];

    /// <param name="before">What was found the last time.</param>
    /// <param name="accepted">When any messenger's delivery was last accepted: the address was open then.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<WatchState> LookAsync(WatchState before, DateTimeOffset? accepted, CancellationToken stop)
    {
        var now = context.Clock.GetUtcNow();
        List<Finding> findings = [];
        var ends = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        LookAtRoots(findings, ends);
        foreach (var address in WebhookAddress.All(context.Settings).DistinctBy(address => address.Url.Authority))
            findings.AddRange(await LookAtAddressAsync(address, ends, now - accepted < Silence, stop));

        return (before with { CheckedAt = now, Ends = ends }).Told(findings, now);
    }

    private void LookAtRoots(List<Finding> findings, Dictionary<string, DateTimeOffset> ends)
    {
        var file = context.Settings.Max.CertificateFile;
        if (file.Length == 0) return;

        try
        {
            var roots = MaxTrust.Load(file);
            ends["max-ca"] = roots.Min(EndOf);
            foreach (var root in roots) root.Dispose();
            findings.Add(MaxCertificatesCheck.Judge(file, context.Clock));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // The running server has read it long ago; `optfm doctor` says what is wrong with the file.
        }
    }

    private async Task<IEnumerable<Finding>> LookAtAddressAsync(WebhookAddress address, Dictionary<string, DateTimeOffset> ends, bool heard, CancellationToken stop)
    {
        List<Finding> findings = [];
        var (_, certificate, _) = await WebhookCheck.ApproachAsync(address, context, findings, stop);
        if (certificate is not null) NoteEnd(ends, certificate);
        // This machine may not see its own public address, as behind some routers: a word of warning, and none while deliveries come in.
        return findings.Where(finding => !heard || OfCertificate.Contains(finding.Diagnosis.Id))
            .Select(finding => OfCertificate.Contains(finding.Diagnosis.Id) || finding.Level != FindingLevel.Failure ? finding : finding with { Level = FindingLevel.Warning });
    }

    private static void NoteEnd(Dictionary<string, DateTimeOffset> ends, byte[] certificate)
    {
        using var leaf = X509CertificateLoader.LoadCertificate(certificate);
        var end = EndOf(leaf);
        ends["public"] = ends.TryGetValue("public", out var other) && other < end ? other : end;
    }

    private static DateTimeOffset EndOf(X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime());
}
