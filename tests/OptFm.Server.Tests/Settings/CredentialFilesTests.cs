using OptFm.Server.Settings;

namespace OptFm.Server.Tests.Settings;

/// <summary>Proves: secrets may come as systemd's credentials, and the file of settings may lie where the administrator says.</summary>
public sealed class CredentialFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-credentials-");

    [Fact]
    public void A_credential_wins_over_the_file_and_loses_to_the_environment()
    {
        Write("MAX_API_KEY", "from-credential\n");
        Write("PORT", "7001");
        Write("somebody-elses", "x");
        Write("settings.env", "MAX_API_KEY=from-file\nMAX_WEBHOOK_URL=https://bot.example/webhook/max/\nHOST=::1");

        var loaded = Load(("OPTFM_ENV_FILE", "settings.env"), ("PORT", "7002"));

        loaded.Problems.ShouldBeEmpty();
        loaded.Settings.Max.Token.ShouldBe("from-credential");
        loaded.Settings.Http.ListenPort.ShouldBe(7002);
        loaded.Settings.Http.Address.ToString().ShouldBe("::1");
        loaded.Secrets.ShouldContain("from-credential");
    }

    [Fact]
    public void A_credential_that_cannot_be_a_value_is_a_problem_and_is_not_shown()
    {
        Write("MAX_API_KEY", "hunter2\nhunter3");
        File.WriteAllBytes(PathOf("ADMIN_TOKEN"), [0xC3, 0x28]);
        Write("TELEGRAM_BOT_TOKEN", new string('x', 70_000));

        var loaded = Load();

        loaded.Problems.Select(problem => problem.Setting).Order(StringComparer.Ordinal).ShouldBe(["ADMIN_TOKEN", "MAX_API_KEY", "TELEGRAM_BOT_TOKEN"]);
        foreach (var problem in loaded.Problems) (problem.English + problem.Russian).ShouldNotContain("hunter");
    }

    [Fact]
    public void A_named_file_of_settings_must_be_there()
    {
        var problem = Load(("OPTFM_ENV_FILE", "absent.env")).Problems.ShouldHaveSingleItem();

        problem.English.ShouldContain("is not there");
    }

    [Fact]
    public void A_folder_that_is_not_there_holds_no_credentials() => CredentialFiles.Read(PathOf("absent")).Values.ShouldBeEmpty();

    public void Dispose() => _folder.Delete(recursive: true);

    private LoadedSettings Load(params (string Name, string Value)[] environment)
    {
        var values = environment.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        values[CredentialFiles.FolderVariable] = _folder.FullName;
        values["DATA_DIR"] = _folder.FullName;
        return LoadedSettings.From(SettingsSource.Load(values, _folder.FullName));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string text) => File.WriteAllText(PathOf(name), text);
}
