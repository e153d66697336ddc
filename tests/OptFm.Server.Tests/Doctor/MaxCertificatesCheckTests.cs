using OptFm.Server.Doctor;
using OptFm.Server.Doctor.Checks;

namespace OptFm.Server.Tests.Doctor;

/// <summary>Proves: the roots for MAX are watched before they expire.</summary>
public sealed class MaxCertificatesCheckTests : IDisposable
{
    private readonly Clinic _clinic = new();
    private readonly TestCertificates _certificates = new();

    public void Dispose()
    {
        _certificates.Dispose();
        _clinic.Dispose();
    }

    [Theory]
    [InlineData(90, FindingLevel.Ok, "")]
    [InlineData(20, FindingLevel.Warning, "expires on")]
    [InlineData(-20, FindingLevel.Failure, "expired on")]
    public async Task The_dates_are_judged(int days, FindingLevel level, string words)
    {
        _clinic.Set("MAX_CA_FILE", _clinic.Own("max-ca.pem", _certificates.Leaf("root", days).ExportCertificatePem()));

        (await _clinic.FindAsync<MaxCertificatesCheck>("max-ca")).ShouldSay(level, words);
    }

    [Fact]
    public async Task A_file_without_a_certificate_is_told()
    {
        _clinic.Set("MAX_CA_FILE", _clinic.Own("max-ca.pem", "<html>404</html>"));

        (await _clinic.FindAsync<MaxCertificatesCheck>("max-ca")).ShouldSay(FindingLevel.Failure, "no certificate");
    }

    [Fact]
    public async Task Without_a_file_nothing_is_said() => (await _clinic.RunAsync<MaxCertificatesCheck>()).ShouldBeEmpty();
}
