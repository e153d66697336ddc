using System.Runtime.CompilerServices;
using OptFm.Server.Settings;

namespace OptFm.Server.Tests.Settings;

public sealed class SettingsTableTests
{
    [Fact]
    public void The_documentation_says_what_the_code_does()
    {
        var path = Path.Combine(Folder(), "../../../docs/settings.md");
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, SettingsTable.Document());
        }

        File.ReadAllText(path).ShouldBe(SettingsTable.Document(), "docs/settings.md is not what the code says: run the tests with UPDATE_APPROVED=1 and look at the difference");
    }

    [Fact]
    public void Every_setting_is_described_in_both_languages()
    {
        foreach (var setting in ServerSettings.All)
        {
            setting.Meaning.ShouldNotBeNullOrWhiteSpace(setting.Name);
            setting.MeaningRu.ShouldNotBeNullOrWhiteSpace(setting.Name);
            setting.Range.ShouldNotBeNullOrWhiteSpace(setting.Name);
        }
    }

    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
}
