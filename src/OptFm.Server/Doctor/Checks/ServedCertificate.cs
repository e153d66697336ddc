using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace OptFm.Server.Doctor.Checks;

/// <summary>What a host shows when TLS is spoken to it: its certificate, and those it sends along.</summary>
/// <param name="Leaf">The host's own; null where TLS did not come about.</param>
/// <param name="Along">Sent with it, in any order; the leaf itself is among them.</param>
internal sealed record ServedCertificate(X509Certificate2? Leaf, IReadOnlyList<X509Certificate2> Along, bool NameMatches) : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Speaks TLS 1.2 or newer, as MAX does, and looks on without judging.</summary>
    public static async Task<ServedCertificate> FetchAsync(Stream stream, string host, CancellationToken stop)
    {
        X509Certificate2? leaf = null;
        List<X509Certificate2> along = [];
        var matches = false;
        await using var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                    {
                        if (certificate is null) return false;
                        leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
                        along = [.. chain?.ChainPolicy.ExtraStore.Select(other => X509CertificateLoader.LoadCertificate(other.RawData)) ?? []];
                        matches = !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
                        return true;
                    },
                },
                stop);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            // Told by the missing leaf.
        }

        return new(leaf, along, matches);
    }

    public bool IsSelfSigned => Leaf is not null && IsSelfIssued(Leaf);

    /// <summary>
    /// Whether each issuer up to a root is sent along or is itself a trusted root. Followed by hand: the platform completes a chain from its
    /// caches, which a messenger does not have.
    /// </summary>
    public bool IsComplete(X509Certificate2Collection roots)
    {
        var current = Leaf;
        for (var step = 0; current is not null && step < 10; step++)
        {
            if (IsSelfIssued(current) || roots.Any(root => IsIssuer(root, current))) return true;
            current = Along.FirstOrDefault(other => IsIssuer(other, current));
        }

        return false;
    }

    public bool IsTrusted(X509Certificate2Collection roots, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(Along.ToArray());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new(ServerAuthentication));
        // Dates are judged apart, with words of their own.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(Leaf!);
    }

    public void Dispose()
    {
        Leaf?.Dispose();
        foreach (var certificate in Along) certificate.Dispose();
    }

    private static bool IsIssuer(X509Certificate2 issuer, X509Certificate2 of) => issuer.SubjectName.RawData.AsSpan().SequenceEqual(of.IssuerName.RawData);

    private static bool IsSelfIssued(X509Certificate2 certificate) => IsIssuer(certificate, certificate);
}
