using System.CommandLine;
using OptFm.Server.Cli;
using OptFm.Server.Settings;

namespace OptFm.Server.Tests.Settings;

public sealed class ConfigCommandTests
{
    [Fact]
    public void It_says_what_is_in_force_and_where_it_comes_from()
    {
        var output = new StringWriter();

        ConfigCommand.Print(Given.Both("PORT=1", ("HOST", "::1")), output).ShouldBe(0);

        var lines = output.ToString().Split('\n');
        lines.ShouldContain("HOST=::1  # environment");
        lines.ShouldContain("PORT=1  # .env");
        lines.ShouldContain("LOG_LEVEL=INFO  # default");
    }

    [Fact]
    public void No_secret_is_printed_whatever_else_is_wrong()
    {
        var secrets = ServerSettings.All.Where(setting => setting.Secret).Select(setting => (setting.Name, $"hunter2 {setting.Name}"));
        var output = new StringWriter();

        var code = ConfigCommand.Print(
            Given.Environment([.. secrets, ("DATABASE_URL", "Host=db;Password=hunter2;Port=1"), ("MAX_BASE_URL", "ftp://u:hunter2@x/"), ("TELEGRAM_WEBHOOK_URL", "https://a:hun@ter2@b/")]), output);

        code.ShouldBe(2);
        output.ToString().ShouldNotContain("hunter2");
        output.ToString().ShouldNotContain("ter2");
        output.ToString().ShouldContain("MAX_API_KEY=***  # environment");
        output.ToString().ShouldContain("DATABASE_URL=Host=db;Password=***  # environment");
    }

    [Theory]
    [InlineData("sqlite:///var/optfm.db", "sqlite:///var/optfm.db")]
    [InlineData("postgresql://bot:p@ss/w:rd@db:5432/optfm?sslmode=require", "postgresql://bot:***@db:5432/optfm?sslmode=require")]
    [InlineData("postgresql://db/optfm?user=a&password=b c", "postgresql://db/optfm?user=a&password=***")]
    public void Of_an_address_only_the_password_is_hidden(string value, string shown) => new Setting("X", "", "", "", "").Shown(value).ShouldBe(shown);

    [Fact]
    public async Task A_command_line_that_cannot_be_understood_ends_with_2()
    {
        var quiet = new InvocationConfiguration { Output = TextWriter.Null, Error = TextWriter.Null };

        (await Commands.RunAsync(["cofnig"], quiet)).ShouldBe(2);
        (await Commands.RunAsync([], quiet)).ShouldBe(2);
        (await Commands.RunAsync(["config", "--markdown", "fr"], quiet)).ShouldBe(2);
        (await Commands.RunAsync(["--version"], quiet)).ShouldBe(0);
    }
}
