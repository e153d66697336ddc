using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Settings;

namespace OptFm.Server.Tests.Settings;

public sealed class EnvironmentFileTests
{
    [Theory]
    [InlineData("PORT=8000", "8000")]
    [InlineData("PORT = 8000 ", "8000")]
    [InlineData("export PORT=8000", "8000")]
    [InlineData("\uFEFFPORT=8000\r", "8000")]
    [InlineData("PORT=8000 # the usual one", "8000")]
    [InlineData("PORT= # none", "")]
    [InlineData("PORT=", "")]
    [InlineData("PORT=a#b", "a#b")]
    [InlineData("PORT=#b", "#b")]
    [InlineData("PORT=a=b==", "a=b==")]
    [InlineData("PORT=\"a # b\" # c", "a # b")]
    [InlineData("PORT='a \"b\" $C'", "a \"b\" $C")]
    [InlineData("PORT=\"a\\\"b\\\\c\\nd\\qe\"", "a\"b\\c\nd\\qe")]
    [InlineData("PORT='it\\'s \\n'", "it's \\n")]
    [InlineData("PORT=данные/ответы.json", "данные/ответы.json")]
    public void A_line_means_what_python_dotenv_takes_it_for(string line, string value)
    {
        var file = EnvironmentFile.Parse(line, ".env");

        file.Problems.ShouldBeEmpty();
        file.Values["PORT"].ShouldBe(value);
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("=hunter2")]
    [InlineData("my hunter2=1")]
    [InlineData("TOKEN=\"hunter2")]
    [InlineData("TOKEN='hunter2' hunter2")]
    [InlineData("TOKEN=hunter2\u0000")]
    public void A_line_that_cannot_be_read_is_named_by_number_and_never_quoted(string line)
    {
        var file = EnvironmentFile.Parse($"# settings\n\nPORT=1\n{line}\nHOST=::1\n", "/srv/.env");

        var problem = file.Problems.ShouldHaveSingleItem();
        problem.Setting.ShouldBe("/srv/.env:4");
        problem.ToString().ShouldNotContain("hunter2");
        file.Values.Keys.ShouldBe(["PORT", "HOST"]);
    }

    [Fact]
    public void A_name_given_twice_is_worth_a_warning_and_the_last_one_counts()
    {
        var file = EnvironmentFile.Parse("PORT=1\nPORT=2", ".env");

        file.Values["PORT"].ShouldBe("2");
        file.Warnings.ShouldHaveSingleItem().English.ShouldContain("lines 1 and 2");
    }

    [Fact]
    public void What_cannot_be_read_at_all_is_one_clear_problem()
    {
        var folder = Directory.CreateTempSubdirectory("optfm-test-");
        var path = Path.Combine(folder.FullName, ".env");
        EnvironmentFile.Read(path).Problems.ShouldBeEmpty();

        File.WriteAllBytes(path, [0x50, 0x3D, 0xCF, 0xF0]);
        EnvironmentFile.Read(path).Problems.ShouldHaveSingleItem().English.ShouldContain("UTF-8");

        File.WriteAllBytes(path, new byte[1024 * 1024 + 1]);
        EnvironmentFile.Read(path).Problems.ShouldHaveSingleItem().English.ShouldContain("1 MiB");

        EnvironmentFile.Read(folder.FullName).Problems.ShouldHaveSingleItem().English.ShouldContain("folder");
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Whatever_is_in_the_file_reading_never_throws_and_never_leaks()
    {
        Prop.ForAll<string[]>(lines =>
        {
            var file = EnvironmentFile.Parse(string.Join('\n', lines), ".env");
            return file.Problems.All(problem => problem.Setting.StartsWith(".env:", StringComparison.Ordinal));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_value_survives_double_quotes()
    {
        Prop.ForAll<NonNull<string>>(given =>
        {
            var value = string.Concat(given.Get.Where(c => !char.IsControl(c)));
            var quoted = value.Replace("\\", "\\\\").Replace("\"", "\\\"");
            return EnvironmentFile.Parse($"A=\"{quoted}\" # end", ".env").Values["A"] == value;
        }).QuickCheckThrowOnFailure();
    }
}
