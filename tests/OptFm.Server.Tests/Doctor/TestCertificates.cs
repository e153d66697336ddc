using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OptFm.Server.Tests.Doctor;

/// <summary>A root, an intermediate and what a host may show, right and wrong.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly List<X509Certificate2> _made = [];

    public TestCertificates()
    {
        Root = Authority("Test Root", null);
        Intermediate = Authority("Test Intermediate", Root);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    public static DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>Signed by the intermediate.</summary>
    /// <param name="days">Until it expires; negative for one that has.</param>
    public X509Certificate2 Leaf(string host, int days = 90) => Issue(host, Intermediate, days);

    public X509Certificate2 SelfSigned(string host) => Issue(host, null, 90);

    public void Dispose()
    {
        foreach (var certificate in _made) certificate.Dispose();
    }

    private X509Certificate2 Authority(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return Make(request, key, issuer, Now.AddDays(-300), Now.AddDays(300));
    }

    private X509Certificate2 Issue(string host, X509Certificate2? issuer, int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return Make(request, key, issuer, Now.AddDays(-200), Now.AddDays(days));
    }

    private X509Certificate2 Make(CertificateRequest request, ECDsa key, X509Certificate2? issuer, DateTimeOffset from, DateTimeOffset to)
    {
        using var bare = issuer is null ? request.CreateSelfSigned(from, to) : request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(8));
        using var whole = bare.HasPrivateKey ? X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pkcs12), null) : bare.CopyWithPrivateKey(key);
        var made = X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
        _made.Add(made);
        return made;
    }
}
