using OptFm.Server.Settings;

namespace OptFm.Server.Tests.Settings;

public sealed class LoadedSettingsTests
{
    [Fact]
    public void Nothing_at_all_is_enough_to_start()
    {
        var loaded = Given.Environment();

        loaded.Problems.ShouldBeEmpty();
        loaded.Warnings.ShouldBeEmpty();
        loaded.Settings.Max.Enabled.ShouldBeFalse();
        loaded.Settings.Telegram.Enabled.ShouldBeFalse();
    }

    [Fact]
    public void The_environment_wins_over_the_file_even_when_it_is_blank()
    {
        var loaded = Given.Both("PORT=1\nHOST=::1\nMAX_TIMEOUT=7", ("PORT", "2"), ("HOST", ""));

        loaded.Settings.Http.ListenPort.ShouldBe(2);
        loaded.Settings.Http.Address.ToString().ShouldBe("127.0.0.1");
        loaded.Settings.Max.CallTimeout.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void All_problems_are_told_at_once_in_the_administrators_language()
    {
        var loaded = Given.Both("nonsense", ("PORT", "99999"), ("MAX_API_KEY", "k"), ("MAX_TIMEOUT", "soon"), ("DATABASE_URL", "mysql://bot:hunter2@db/x"), ("LANG", "ru_RU.UTF-8"));
        var errors = new StringWriter();

        loaded.Check(errors).ShouldBeFalse();

        var text = errors.ToString();
        text.ShouldContain(".env:1 не вида ИМЯ=значение");
        text.ShouldContain("PORT равно '99999', а нужно целое число от 0 до 65535");
        text.ShouldContain("MAX_TIMEOUT равно 'soon'");
        text.ShouldContain("MAX_WEBHOOK_URL обязателен");
        text.ShouldContain("DATABASE_URL");
        text.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("MAX_WEBHOK_URL", "MAX_WEBHOOK_URL")]
    [InlineData("MAX_WEBHOOK_SERCET", "MAX_WEBHOOK_SECRET")]
    [InlineData("MAX_WEBHOKO_SERCET", "MAX_WEBHOOK_SECRET")]
    [InlineData("TELEGRAM_TOKEN", null)]
    [InlineData("max_api_key", "MAX_API_KEY")]
    [InlineData("OPTFM_LNAG", "OPTFM_LANG")]
    public void A_name_that_is_nearly_ours_gets_a_did_you_mean(string name, string? meant)
    {
        var warning = Given.Environment((name, "hunter2")).Warnings.ShouldHaveSingleItem();

        warning.Setting.ShouldBe(name);
        warning.English.ShouldBe(meant is null ? "is unknown and ignored" : $"is unknown and ignored: did you mean {meant}?");
        warning.Russian.ShouldNotContain("hunter2");
    }

    [Fact]
    public void Names_without_our_prefix_are_compared_only_when_they_are_in_the_file()
    {
        Given.Environment(("LOG_FLIE", "x"), ("PATH", "/bin")).Warnings.ShouldBeEmpty();
        Given.File("LOG_FLIE=x\nOPENAI_KEY=y").Warnings.ShouldHaveSingleItem().English.ShouldContain("LOG_FILE");
    }

    [Fact]
    public void Files_that_cannot_work_are_found_before_the_start()
    {
        var file = Path.GetTempFileName();
        var loaded = Given.Environment(
            ("FAQ_FILE", "/nowhere/faq.json"), ("PHRASES_FILE", "/tmp"), ("LOG_FILE", "/tmp"), ("API_LOG_FILE", file + "/api.log"), ("DATA_DIR", file + "/data"), ("MAX_CA_FILE", "/nowhere/ca.pem"));

        loaded.Problems.Select(problem => problem.Setting).ShouldBe(["LOG_FILE", "API_LOG_FILE", "DATA_DIR", "FAQ_FILE", "PHRASES_FILE", "MAX_CA_FILE"], ignoreOrder: true);
        File.Delete(file);
    }

    [Fact]
    public void Settings_that_are_right_alone_and_wrong_together_are_found()
    {
        const string Hook = "https://shop.example/webhook/max/";
        var loaded = Given.Environment(
            ("LOG_FILE", "a.log"), ("MAX_LOG_FILE", "./a.log"),
            ("MAX_API_KEY", "k"), ("MAX_WEBHOOK_URL", Hook), ("MAX_WEBHOOK_SECRET", "s"), ("TELEGRAM_BOT_TOKEN", "t"), ("TELEGRAM_WEBHOOK_URL", Hook), ("TELEGRAM_WEBHOOK_SECRET", "s"));

        loaded.Problems.Select(problem => problem.Setting).ShouldBe(["MAX_LOG_FILE", "TELEGRAM_WEBHOOK_URL"]);
        loaded.Warnings.ShouldHaveSingleItem().English.ShouldContain("/webhook/telegram/");
    }

    [Fact]
    public void A_webhook_without_a_secret_or_without_checking_it_is_a_loud_warning()
    {
        (string, string)[] working = [("MAX_API_KEY", "k"), ("MAX_WEBHOOK_URL", "https://shop.example/webhook/max/")];

        Given.Environment([.. working, ("MAX_WEBHOOK_SECRET", "secret")]).Warnings.ShouldBeEmpty();
        Given.Environment(working).Warnings.ShouldHaveSingleItem().Setting.ShouldBe("MAX_WEBHOOK_SECRET");
        Given.Environment([.. working, ("MAX_WEBHOOK_SECRET", "secret"), ("MAX_VERIFY_SIGNATURE", "false")]).Warnings.ShouldHaveSingleItem().Setting.ShouldBe("MAX_VERIFY_SIGNATURE");
    }

    [Theory]
    [InlineData("ru", "C", "", "", AdministratorLanguage.Russian)]
    [InlineData("en", "ru_RU.UTF-8", "", "", AdministratorLanguage.English)]
    [InlineData("", "", "", "ru_RU.UTF-8", AdministratorLanguage.Russian)]
    [InlineData("", "en_US.UTF-8", "ru_RU", "ru_RU", AdministratorLanguage.English)]
    [InlineData("", "", "ru_RU", "en_US", AdministratorLanguage.Russian)]
    [InlineData("", "", "", "C.UTF-8", AdministratorLanguage.English)]
    [InlineData("", "", "", "", AdministratorLanguage.English)]
    [InlineData("fr", "", "", "ru", AdministratorLanguage.Russian)]
    public void The_language_is_the_one_asked_for_else_the_locales_else_English(string asked, string all, string messages, string lang, AdministratorLanguage expected) =>
        Given.Environment(("OPTFM_LANG", asked), ("LC_ALL", all), ("LC_MESSAGES", messages), ("LANG", lang)).Language.ShouldBe(expected);

    [Fact]
    public void Every_name_of_the_guide_and_of_the_Python_service_is_known()
    {
        string[] names =
        [
            "TELEGRAM_BOT_TOKEN", "HOST", "PORT", "LOG_LEVEL", "LOG_FILE", "API_LOG_FILE", "DATABASE_URL", "MAX_API_KEY", "MAX_BASE_URL", "MAX_WEBHOOK_URL", "MAX_WEBHOOK_SECRET",
            "MAX_TIMEOUT", "MAX_RETRY_ATTEMPTS", "MAX_RATE_LIMIT", "MAX_VERIFY_SIGNATURE", "MAX_ALLOWED_IPS", "MAX_LOG_LEVEL", "MAX_LOG_FILE", "MAX_LOG_MESSAGES", "MAX_LOG_RESPONSES",
        ];
        ServerSettings.All.Select(setting => setting.Name).ShouldBeUnique();
        names.ShouldBeSubsetOf(ServerSettings.All.Select(setting => setting.Name));
    }
}
