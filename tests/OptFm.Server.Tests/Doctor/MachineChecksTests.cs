using System.Net;
using OptFm.Server.Backups;
using OptFm.Server.Doctor;
using OptFm.Server.Doctor.Checks;

namespace OptFm.Server.Tests.Doctor;

/// <summary>Proves: what the system's programs say is understood. Each is played by a script that prints what the real one does.</summary>
public sealed class MachineChecksTests : IDisposable
{
    private const string Running = "ActiveState=active\nSubState=running\nUnitFileState=enabled\nNRestarts=0\nResult=success\nExecMainStatus=0";

    private readonly Clinic _clinic = new();

    public void Dispose() => _clinic.Dispose();

    [Fact]
    public async Task A_service_that_runs_is_well()
    {
        _clinic.Install().Program("systemctl", Running);

        (await _clinic.RunAsync<ServiceCheck>()).ShouldAllBe(finding => finding.Level == FindingLevel.Ok);
    }

    [Theory]
    [InlineData("ActiveState=inactive", "service", "is stopped")]
    [InlineData("ActiveState=failed\nResult=exit-code\nExecMainStatus=2", "service", "cannot use its settings")]
    [InlineData("ActiveState=failed\nResult=signal", "service", "failed (signal)")]
    [InlineData("ActiveState=activating", "service", "again and again")]
    [InlineData("ActiveState=active\nUnitFileState=disabled", "service-enabled", "does not start with the machine")]
    [InlineData("ActiveState=active\nUnitFileState=masked", "service-enabled", "masked")]
    [InlineData("ActiveState=active\nNRestarts=12", "service-restarts", "12 times")]
    [InlineData("ActiveState=inactive", "health-timer", "is off")]
    public async Task What_is_wrong_with_the_service_is_told(string says, string id, string words)
    {
        _clinic.Install().Program("systemctl", says);

        var finding = await _clinic.FindAsync<ServiceCheck>(id);

        finding.Level.ShouldBeOneOf(FindingLevel.Failure, FindingLevel.Warning);
        finding.What.English.ShouldContain(words);
    }

    [Fact]
    public async Task Without_the_package_there_is_no_service_to_speak_of() => (await _clinic.RunAsync<ServiceCheck>()).ShouldBeEmpty();

    [Theory]
    [InlineData("Status: inactive", FindingLevel.Warning, "is off")]
    [InlineData("Status: active\n22/tcp ALLOW Anywhere\n80/tcp ALLOW Anywhere", FindingLevel.Failure, "443 closed")]
    [InlineData("Status: active\n22/tcp ALLOW Anywhere\n443 ALLOW Anywhere", FindingLevel.Warning, "80 closed")]
    [InlineData("Status: active\n80,443/tcp ALLOW Anywhere\n8000/tcp ALLOW Anywhere", FindingLevel.Warning, "own port 8000")]
    [InlineData("Status: active\n22/tcp ALLOW Anywhere\n80/tcp ALLOW Anywhere\n443/tcp ALLOW Anywhere", FindingLevel.Ok, "")]
    [InlineData("Status: active\nNginx Full ALLOW Anywhere", FindingLevel.Ok, "")]
    public async Task The_firewall_is_judged(string says, FindingLevel level, string words)
    {
        _clinic.Install().Program("ufw", says);

        (await _clinic.FindAsync<ProtectionCheck>("firewall")).ShouldSay(level, words);
    }

    [Theory]
    [InlineData("Status for the jail: optfm", 0, FindingLevel.Ok, "")]
    [InlineData("ERROR  NOK: ('optfm',)\nSorry but the jail 'optfm' does not exist", 255, FindingLevel.Warning, "jail optfm is off")]
    [InlineData("ERROR  Failed to access socket path: /var/run/fail2ban/fail2ban.sock. Is fail2ban running?", 255, FindingLevel.Warning, "does not run")]
    public async Task The_jail_is_judged(string says, int exitCode, FindingLevel level, string words)
    {
        _clinic.Install().Program("fail2ban-client", says, exitCode);

        (await _clinic.FindAsync<ProtectionCheck>("fail2ban")).ShouldSay(level, words);
    }

    [Fact]
    public async Task What_only_root_may_see_is_not_judged_without_root()
    {
        using var clinic = new Clinic { IsRoot = false };
        clinic.Install().Program("ufw", "ERROR: You need to be root", 1).Program("fail2ban-client", "", 1);

        var finding = await clinic.FindAsync<ProtectionCheck>("firewall");

        finding.Level.ShouldBe(FindingLevel.Unchecked);
        finding.Mend.English.ShouldBe("sudo optfm doctor");
        (await clinic.FindAsync<ProtectionCheck>("fail2ban")).Level.ShouldBe(FindingLevel.Unchecked);
    }

    [Fact]
    public async Task Updates_that_install_themselves_are_well_and_others_a_warning()
    {
        Directory.CreateDirectory(Path.Combine(_clinic.Root, "etc/apt"));
        _clinic.Install().Program("apt-config", "APT::Periodic::Unattended-Upgrade \"1\";").Program("unattended-upgrade", "");
        (await _clinic.FindAsync<ProtectionCheck>("upgrades")).ShouldSay(FindingLevel.Ok);

        _clinic.Program("apt-config", "APT::Periodic::Unattended-Upgrade \"0\";");
        (await _clinic.FindAsync<ProtectionCheck>("upgrades")).ShouldSay(FindingLevel.Warning);
    }

    [Fact]
    public async Task A_bot_that_listens_to_the_world_is_a_warning()
    {
        _clinic.Set("HOST", "0.0.0.0");

        (await _clinic.FindAsync<ProtectionCheck>("port-exposed")).ShouldSay(FindingLevel.Warning, "0.0.0.0:8000");
    }

    [Fact]
    public async Task Logs_are_looked_at()
    {
        var log = _clinic.Own("optfm.log", "");
        _clinic.Install().Set("LOG_FILE", log).Script("runuser", "exit 1");
        using (var file = File.OpenWrite(log)) file.SetLength(400L * 1024 * 1024);

        (await _clinic.FindAsync<LogsCheck>("log-size")).ShouldSay(FindingLevel.Warning, "400 MB");
        (await _clinic.FindAsync<LogsCheck>("log-writable")).ShouldSay(FindingLevel.Failure, log);
        (await _clinic.FindAsync<LogsCheck>("logrotate")).ShouldSay(FindingLevel.Warning);

        _clinic.Machine("/etc/logrotate.d/optfm", "");
        _clinic.Program("logrotate", "");
        (await _clinic.FindAsync<LogsCheck>("logrotate")).ShouldSay(FindingLevel.Ok);
    }

    [Theory]
    [InlineData("NTP=yes\nNTPSynchronized=yes", FindingLevel.Ok)]
    [InlineData("NTP=no\nNTPSynchronized=no", FindingLevel.Warning)]
    public async Task Whether_the_clock_is_kept_is_told(string says, FindingLevel level)
    {
        _clinic.Program("timedatectl", says);

        (await _clinic.FindAsync<ClockCheck>("clock-sync")).ShouldSay(level);
    }

    [Theory]
    [InlineData(5, FindingLevel.Ok)]
    [InlineData(-120, FindingLevel.Warning)]
    [InlineData(7200, FindingLevel.Failure)]
    public void The_clock_is_judged(int seconds, FindingLevel level) => ClockCheck.Judge(TimeSpan.FromSeconds(seconds)).ShouldSay(level);

    [Fact]
    public async Task A_machine_without_a_route_has_no_Internet()
    {
        _clinic.Set("TELEGRAM_BOT_TOKEN", "1:a").Machine("/proc/net/route", "Iface\tDestination\tGateway\nlo\t0000007F\t00000000\n");

        (await _clinic.FindAsync<InternetCheck>("internet")).ShouldSay(FindingLevel.Failure, "no network route out");
    }

    [Fact]
    public async Task A_machine_whose_DNS_knows_nothing_is_told_so_and_its_messengers_are_left_alone()
    {
        _clinic.Set("TELEGRAM_BOT_TOKEN", "1:a").Dns = null;

        (await _clinic.FindAsync<InternetCheck>("internet")).ShouldSay(FindingLevel.Failure, "DNS does not work");
        var findings = await new Examination([[new InternetCheck()], [new TelegramCheck()]]).RunAsync(_clinic.Context, TestContext.Current.CancellationToken);
        findings.ShouldContain(finding => finding.Diagnosis.Id == "telegram-api" && finding.Level == FindingLevel.Unchecked);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("::ffff:192.168.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("2a02:6b8::1", true)]
    public void Public_addresses_are_known(string address, bool isPublic) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Fact]
    public async Task Backups_are_judged_by_their_journal()
    {
        var now = TimeProvider.System.GetUtcNow();
        var file = _clinic.Own("optfm.tar.gz", "");
        _clinic.Install();
        (await _clinic.FindAsync<BackupAgeCheck>("backup")).ShouldSay(FindingLevel.Warning, "no backup yet");

        BackupJournal.Note(_clinic.Data, new BackupSuccess(now.AddDays(-5), file, 1));
        (await _clinic.FindAsync<BackupAgeCheck>("backup")).ShouldSay(FindingLevel.Warning, "120 hours old");

        BackupJournal.Note(_clinic.Data, new BackupSuccess(now.AddHours(-3), file, 1));
        (await _clinic.FindAsync<BackupAgeCheck>("backup")).ShouldSay(FindingLevel.Ok);

        BackupJournal.Note(_clinic.Data, new BackupFailure(now, "the disk is full"));
        (await _clinic.FindAsync<BackupAgeCheck>("backup")).ShouldSay(FindingLevel.Failure, "failed on", "the disk is full");
    }

    [Fact]
    public async Task A_backup_whose_file_is_gone_is_told()
    {
        BackupJournal.Note(_clinic.Data, new BackupSuccess(TimeProvider.System.GetUtcNow(), "/nowhere/optfm.tar.gz", 1));

        (await _clinic.FindAsync<BackupAgeCheck>("backup")).ShouldSay(FindingLevel.Warning, "/nowhere/optfm.tar.gz", "no longer there");
    }
}
