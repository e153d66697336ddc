using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Settings;
using OptFm.Server.Setup;

namespace OptFm.Server.Tests.Setup;

/// <summary>Proves: what is written reads back, and the administrator's own lines stay as they are.</summary>
public sealed class SettingsFileEditTests
{
    [Theory]
    [InlineData("PORT=1", "PORT=2")]
    [InlineData("PORT=1\n", "PORT=2\n")]
    [InlineData("# ports\nPORT=1 # the usual one\nHOST=::1\n", "# ports\nPORT=2 # the usual one\nHOST=::1\n")]
    [InlineData("PORT=\"1 # 1\" # the usual one", "PORT=2 # the usual one")]
    [InlineData("export PORT='1'#x", "export PORT=2 #x")]
    [InlineData("PORT=0\r\nPORT=1\r\n", "PORT=0\r\nPORT=2\r\n")]
    [InlineData("PORT=2 #same\n", "PORT=2 #same\n")]
    [InlineData("#PORT=1\nHOST=::1", "#PORT=1\nHOST=::1\nPORT=2\n")]
    [InlineData("HOST=::1\r\n", "HOST=::1\r\nPORT=2\r\n")]
    [InlineData("", "PORT=2\n")]
    [InlineData("\uFEFFPORT=1\n", "\uFEFFPORT=2\n")]
    public void One_value_changes_and_nothing_else(string before, string after) =>
        SettingsFileEdit.Apply(before, [new("PORT", "2")]).ShouldBe(after);

    [Fact]
    public void Any_value_reads_back_and_all_other_lines_are_untouched()
    {
        Prop.ForAll<NonNull<string>, string[], PositiveInt>((given, scribbles, seed) =>
        {
            var value = string.Concat(given.Get.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c != '\uFEFF'));
            string[] lines = [.. scribbles.Select(Line), "HOST=::1 # here", "", "# PORT=1", "PORT=1", .. scribbles.Select(Line).Where(l => !l.Contains("PORT"))];
            var changed = SettingsFileEdit.Apply(string.Join('\n', lines), [new("PORT", value), new("NEW_ONE", value)]);

            var read = EnvironmentFile.Parse(changed, ".env");
            read.Values["PORT"].ShouldBe(value);
            read.Values.GetValueOrDefault("NEW_ONE", "").ShouldBe(value);
            changed.Split('\n').Where(l => l.Length > 0).Where(l => !l.StartsWith("PORT=") && !l.StartsWith("NEW_ONE="))
                .ShouldBe(lines.Where(l => l.Length > 0 && !l.StartsWith("PORT=")));
            SettingsFileEdit.Apply(changed, [new("PORT", value), new("NEW_ONE", value)]).ShouldBe(changed);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Any line that says nothing of PORT: what is no setting must survive as well.</summary>
    private static string Line(string? scribble) => "# " + string.Concat((scribble ?? "").Where(c => !char.IsControl(c) && c != '\uFEFF'));
}
