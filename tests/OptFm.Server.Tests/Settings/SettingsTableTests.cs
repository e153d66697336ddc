using System.Runtime.CompilerServices;
using OptFm.Server.Settings;

namespace OptFm.Server.Tests.Settings;

public sealed class SettingsTableTests
{
    private const string Begin = "<!-- settings -->\n";
    private const string End = "<!-- /settings -->";

    [Fact]
    public void The_reference_says_what_the_code_does() => Approve("docs/settings.md", _ => SettingsTable.Document());

    [Fact]
    public void The_README_says_what_the_code_does() => Approve("README.md", text => WithTable(text, AdministratorLanguage.English));

    [Fact]
    public void The_Russian_README_says_what_the_code_does() => Approve("README.ru.md", text => WithTable(text, AdministratorLanguage.Russian));

    [Fact]
    public void Every_setting_is_described_in_both_languages()
    {
        foreach (var setting in ServerSettings.All)
        {
            setting.Meaning.ShouldNotBeNullOrWhiteSpace(setting.Name);
            setting.MeaningRu.ShouldNotBeNullOrWhiteSpace(setting.Name);
            setting.Range.ShouldNotBeNullOrWhiteSpace(setting.Name);
            if (setting.Range.Any(char.IsLetter)) RussianRanges.Of(setting).ShouldNotBe(setting.Range, $"{setting.Name}: add its range to RussianRanges");
        }
    }

    private static void Approve(string document, Func<string, string> expected)
    {
        var path = Path.Combine(Folder(), "../../..", document);
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1") File.WriteAllText(path, text = expected(text));

        text.ShouldBe(expected(text), $"{document} is not what the code says: run the tests with UPDATE_APPROVED=1 and look at the difference");
    }

    private static string WithTable(string text, AdministratorLanguage language)
    {
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return text[..begin] + SettingsTable.Markdown(language) + text[text.IndexOf(End, begin, StringComparison.Ordinal)..];
    }

    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
}
