using OptFm.Server.Doctor;
using OptFm.Server.Doctor.Checks;

namespace OptFm.Server.Tests.Doctor;

/// <summary>Proves: everything wrong with the settings and their file is told at once, and no value with it.</summary>
public sealed class SettingsChecksTests : IDisposable
{
    private readonly Clinic _clinic = new();

    public void Dispose() => _clinic.Dispose();

    [Fact]
    public async Task Good_settings_are_well()
    {
        _clinic.Settings("TELEGRAM_BOT_TOKEN=1:abc\n");

        (await _clinic.RunAsync<SettingsCheck>()).ShouldHaveSingleItem().ShouldSay(FindingLevel.Ok);
        (await _clinic.FindAsync<SettingsFileCheck>("settings-mode")).ShouldSay(FindingLevel.Ok);
    }

    [Fact]
    public async Task Every_problem_is_told_at_once()
    {
        _clinic.Settings("PORT=many\nMAX_API_KEY=hunter2\n");

        var findings = await _clinic.RunAsync<SettingsCheck>();

        findings.Count(finding => finding.Level == FindingLevel.Failure).ShouldBe(2);
        findings.ShouldContain(finding => finding.What.English.Contains("PORT is 'many'"));
        findings.ShouldContain(finding => finding.What.English.Contains("MAX_WEBHOOK_URL is required"));
    }

    [Fact]
    public async Task A_file_cut_off_in_the_middle_of_a_line_is_named_with_its_line_and_not_quoted()
    {
        _clinic.Settings("TELEGRAM_BOT_TOKEN=1:abc\nMAX_API_KEY=\"hunter2");

        var finding = await _clinic.FindAsync<SettingsCheck>("settings");

        finding.ShouldSay(FindingLevel.Failure, $"{_clinic.SettingsFile}:2", "quote");
        finding.What.English.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_file_that_lost_all_its_text_is_not_taken_for_defaults()
    {
        _clinic.Settings("");

        (await _clinic.FindAsync<SettingsCheck>("settings")).ShouldSay(FindingLevel.Failure, "says nothing");
    }

    [Fact]
    public async Task A_retired_host_of_MAX_and_a_missing_secret_have_ids_of_their_own()
    {
        _clinic.Set("MAX_API_KEY", "k").Set("MAX_BASE_URL", "https://botapi.max.ru").Set("MAX_WEBHOOK_URL", "https://bot.example.ru/webhook/max/");

        (await _clinic.FindAsync<SettingsCheck>("max-host")).ShouldSay(FindingLevel.Failure, "retired host", "platform-api2.max.ru");
        (await _clinic.FindAsync<SettingsCheck>("webhook-secret-off")).ShouldSay(FindingLevel.Warning, "MAX_WEBHOOK_SECRET is empty");
    }

    [Fact]
    public async Task A_misspelt_name_is_a_warning()
    {
        _clinic.Settings("TELEGRAM_BOT_TOKN=1:abc\n");

        (await _clinic.FindAsync<SettingsCheck>("settings-doubtful")).ShouldSay(FindingLevel.Warning, "did you mean TELEGRAM_BOT_TOKEN");
        (await _clinic.FindAsync<SettingsCheck>("messengers-off")).ShouldSay(FindingLevel.Warning, "no messenger is on");
    }

    [Fact]
    public async Task Tokens_that_only_the_service_sees_are_no_missing_ones()
    {
        _clinic.Machine("/etc/optfm/credentials/MAX_API_KEY", "hunter2");

        (await _clinic.FindAsync<SettingsCheck>("messengers-off")).Mend.English.ShouldBe("sudo env CREDENTIALS_DIRECTORY=/etc/optfm/credentials optfm doctor");
    }

    [Fact]
    public async Task Secrets_that_everybody_may_read_are_a_failure()
    {
        _clinic.Settings("PORT=8000\n", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        (await _clinic.FindAsync<SettingsFileCheck>("settings-mode")).ShouldSay(FindingLevel.Failure, "open to every user", "0644");
    }

    [Theory]
    [InlineData("root:optfm", FindingLevel.Ok)]
    [InlineData("optfm:optfm", FindingLevel.Failure)]
    [InlineData("root:root", FindingLevel.Failure)]
    public async Task The_installed_file_belongs_to_root_and_the_service_reads_it(string owner, FindingLevel level)
    {
        _clinic.Install().Settings("PORT=8000\n").Program("stat", owner);

        (await _clinic.FindAsync<SettingsFileCheck>("settings-mode")).ShouldSay(level);
    }
}
