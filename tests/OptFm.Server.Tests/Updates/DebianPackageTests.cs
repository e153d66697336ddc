using OptFm.Server.Updates;

namespace OptFm.Server.Tests.Updates;

/// <summary>Proves: what dpkg says of an installed package is read rightly, so that a package can be made of it again.</summary>
public sealed class DebianPackageTests
{
    [Fact]
    public void A_status_becomes_a_control_file()
    {
        const string Status = """
            Package: optfm
            Status: install ok installed
            Version: 1.0.0
            Conffiles:
             /etc/logrotate.d/optfm 0123
             /etc/fail2ban/jail.d/optfm.conf 4567
            Description: support bot
             OptFM answers customers.
             .
             One program.
            """;

        ControlFile.FromStatus(Status).ShouldBe("Package: optfm\nVersion: 1.0.0\nDescription: support bot\n OptFM answers customers.\n .\n One program.\n");
    }

    [Fact]
    public void Obsolete_conffiles_are_not_the_packages_any_more() =>
        Conffiles.Parse("\n /etc/logrotate.d/optfm 0123\n /etc/optfm.old 4567 obsolete\n").Names.ShouldBe(["/etc/logrotate.d/optfm"]);

    [Fact]
    public void Broken_packages_are_told_from_those_that_wait_for_a_trigger() =>
        DebianInstallation.Broken("ii  fine\niU  unpacked\niF  half\niHR again\nit  pending\niW  waiting\nrc  removed\n").ShouldBe(["unpacked", "half", "again"]);
}
