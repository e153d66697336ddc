using OptFm.Server.Settings;

namespace OptFm.EndToEnd.Tests.Repository;

public sealed class DocumentedSettingsTests
{
    private const string Reference = "docs/settings.md";

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.ru.md")]
    public void A_reader_of_the_README_finds_every_setting(string readme)
    {
        var text = Read(readme);
        // The README may leave the full table to the generated reference, if it says where that is.
        if (text.Length == 0 || text.Contains(Reference, StringComparison.Ordinal)) text += Read(Reference);
        Assert.SkipWhen(text.Length == 0, $"Neither {readme} nor {Reference} is written yet");

        ServerSettings.All.Select(setting => setting.Name).Except(Words(text)).ShouldBeEmpty();
    }

    private static string[] Words(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : ' ')).Split(' ');

    private static string Read(string document)
    {
        var path = Checkout.PathOf(document);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }
}
