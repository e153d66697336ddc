using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OptFm.Server.Channels.Http;

namespace OptFm.Server.Channels.Max;

/// <summary>
/// Trusts the certificates of MAX_CA_FILE beside the system's, on the MAX client alone: the official host's certificate chains to the Russian
/// Trusted Root CA, which default stores lack. Verification itself stays as it is.
/// </summary>
public static class MaxTrust
{
    /// <summary>A handler for calls to MAX.</summary>
    /// <param name="certificateFile">PEM file with extra roots, and intermediates if need be; empty for none.</param>
    /// <exception cref="CryptographicException">The file holds no certificate.</exception>
    public static HttpMessageHandler Handler(string certificateFile)
    {
        var handler = MessengerClient.Handler();
        if (certificateFile.Length > 0) handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Policy(Load(certificateFile)) };
        return handler;
    }

    /// <summary>The file's certificates, so that an administrator can be warned before they expire.</summary>
    /// <exception cref="CryptographicException">The file holds no certificate.</exception>
    public static X509Certificate2Collection Load(string certificateFile)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(certificateFile);
        return certificates.Count > 0 ? certificates : throw new CryptographicException("the file holds no certificate");
    }

    /// <summary>Certificates of the file that are expired, or will be within the given time.</summary>
    public static IReadOnlyList<(string Subject, DateTimeOffset NotAfter)> Expiring(string certificateFile, TimeProvider time, TimeSpan within) =>
        [.. Load(certificateFile).Select(c => (c.Subject, NotAfter: new DateTimeOffset(c.NotAfter.ToUniversalTime())))
            .Where(c => c.NotAfter - within < time.GetUtcNow())];

    private static X509ChainPolicy Policy(X509Certificate2Collection extra)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        using (var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly)) policy.CustomTrustStore.AddRange(system.Certificates);

        // Only roots may be anchors; an intermediate merely completes a chain.
        foreach (var certificate in extra)
        {
            var isRoot = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
            (isRoot ? policy.CustomTrustStore : policy.ExtraStore).Add(certificate);
        }

        return policy;
    }
}
