using System.Net;
using OptFm.Server.Operations;

namespace OptFm.Server.Tests.Setup;

/// <summary>Proves: setup asks, checks and changes what it said it would, once, and nothing where it could not go on.</summary>
public sealed class SetupStories : IAsyncLifetime
{
    private BareMachine _machine = null!;

    public async ValueTask InitializeAsync() => _machine = await BareMachine.MakeAsync();

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public async Task Answers_become_settings_and_all_else_in_the_file_stays()
    {
        var (code, output) = await _machine.AnswerAsync(("MAX", "official"), ("MAX_API_KEY", BareMachine.Token), ("BACKUP_KEEP_DAYS", "7"));

        code.ShouldBe(0, output);
        _machine.Settings.ShouldStartWith("# The shop's own remark\nOPTFM_LANG=en\nDATA_DIR=/var/lib/optfm\nFAQ_FILE=/etc/optfm/faq.json\nPORT=9\n\n# MAX\nMAX_API_KEY=sandbox-max-token\n");
        _machine.Settings.ShouldContain("MAX_UPDATES=polling\n");
        _machine.Settings.ShouldContain("BACKUP_KEEP_DAYS=7\n");
        _machine.Settings.ShouldMatch("ADMIN_TOKEN=[A-Za-z0-9_-]{43}\n");
        Directory.Exists(_machine.PathOf("/var/backups/optfm")).ShouldBeTrue();
        output.ShouldNotContain(BareMachine.Token);
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        await _machine.AnswerAsync(("MAX_API_KEY", BareMachine.Token), ("TELEGRAM_BOT_TOKEN", "1000001:sandbox-telegram-token"));
        var before = _machine.Snapshot();

        var (code, output) = await _machine.AnswerAsync();

        code.ShouldBe(0, output);
        _machine.Snapshot().ShouldBe(before);
        output.ShouldNotContain("optfm.env");
    }

    [Fact]
    public async Task A_token_that_the_messenger_refuses_is_told_and_nothing_is_changed()
    {
        var before = _machine.Snapshot();

        var (code, output) = await _machine.AnswerAsync(("MAX_API_KEY", "wrong-token"), ("TELEGRAM_BOT_TOKEN", "1:wrong"), ("DOMAIN", "nonsense"));

        code.ShouldBe(2);
        output.ShouldContain("MAX_API_KEY: MAX refused the token (answered 401");
        output.ShouldContain("TELEGRAM_BOT_TOKEN: Telegram refused the token");
        output.ShouldContain("DOMAIN: This is no domain");
        output.ShouldNotContain("wrong-token");
        _machine.Snapshot().ShouldBe(before);
    }

    [Fact]
    public async Task Without_internet_the_token_is_taken_unchecked_and_that_is_said()
    {
        var (code, output) = await _machine.AnswerAsync(("MAX_API_KEY", "a-token"), ("MAX_BASE_URL", "http://127.0.0.1:9/"));

        output.ShouldContain("! MAX_API_KEY: The token is not checked: MAX could not be asked");
        _machine.Settings.ShouldContain("MAX_API_KEY=a-token\n");
        // The webhook could not be taken away either, and that is no success.
        code.ShouldBe(1);
        output.ShouldContain("Not everything worked: 1 of");
    }

    [Theory]
    [InlineData("https://Bot.Example.RU/", "bot.example.ru")]
    [InlineData("бот.пример.рф", "xn--90a0am.xn--e1afmkfd.xn--p1ai")]
    public async Task A_domain_becomes_the_address_of_deliveries(string typed, string domain)
    {
        var (code, output) = await _machine.AnswerAsync(("MAX_API_KEY", BareMachine.Token), ("DOMAIN", typed), ("NGINX", "off"));

        code.ShouldBe(0, output);
        _machine.Settings.ShouldContain($"MAX_WEBHOOK_URL=https://{domain}/webhook/max/\n");
        _machine.Settings.ShouldMatch("MAX_WEBHOOK_SECRET=[A-Za-z0-9_-]{43}\n");
        _machine.Sandbox.Max.Webhooks.ShouldHaveSingleItem().AbsoluteUri.ShouldBe($"https://{domain}/webhook/max/");
    }

    [Fact]
    public async Task A_domain_that_leads_elsewhere_or_nowhere_is_doubted_and_may_be_answered_again()
    {
        _machine.Addresses = [IPAddress.Parse("198.51.100.7")];
        var (_, elsewhere) = await _machine.AnswerAsync(("MAX_API_KEY", BareMachine.Token), ("DOMAIN", "bot.example.ru"), ("NGINX", "off"));
        elsewhere.ShouldContain("bot.example.ru leads to 198.51.100.7, and this machine is 192.0.2.1");

        _machine.Addresses = [];
        var (code, typed) = await _machine.TypeAsync("", "", "", "", "off", "", "other.example.ru", "n", "bot.example.ru", "");
        typed.ShouldContain("DNS does not know other.example.ru");
        code.ShouldBe(2, "the input ended there");
    }

    [Fact]
    public async Task At_a_terminal_a_refused_token_is_asked_again_and_nothing_secret_is_shown()
    {
        await _machine.AnswerAsync(("MAX_API_KEY", BareMachine.Token));

        // Language, MAX, certificates, token twice, Telegram, page, domain, FAQ, price list, backups, days, firewall, upgrades, go on.
        var (code, output) = await _machine.TypeAsync("", "", "", "a wrong one", "wrong", BareMachine.Token, "n", "n", "", "", "", "", "", "n", "n", "");

        code.ShouldBe(0, output);
        output.ShouldContain("A token holds no blanks");
        output.ShouldContain("MAX refused the token");
        output.ShouldContain("now: ********");
        output.ShouldNotContain(BareMachine.Token);
    }

    [Theory]
    [InlineData("^C", 130, "Interrupted. Nothing was changed.")]
    [InlineData(null, 2, "The input ended before everything was answered. Nothing was changed.")]
    public async Task Leaving_at_any_question_changes_nothing(string? last, int expected, string words)
    {
        string[] all = ["", "1", "", BareMachine.Token, "n", "n", "", "", "", "", "", "n", "n"];
        _machine.Put("/etc/optfm/optfm.env", $"{_machine.Settings}MAX_BASE_URL={_machine.Sandbox.MaxAddress}\nMAX_API=official\n");
        var before = _machine.Snapshot();

        for (var answered = 0; answered <= all.Length; answered++)
        {
            string[] typed = last is null ? all[..answered] : [.. all[..answered], last];
            var (code, output) = await _machine.TypeAsync(typed);

            code.ShouldBe(expected, output);
            output.TrimEnd().ShouldEndWith(words);
            _machine.Snapshot().ShouldBe(before);
        }
    }

    [Fact]
    public async Task A_half_written_file_of_settings_is_named_by_line_and_left_alone()
    {
        _machine.Put("/etc/optfm/optfm.env", "OPTFM_LANG=en\nMAX_API_KEY=\"hunter2\n");

        var (code, output) = await _machine.AnswerAsync(("MAX_API_KEY", BareMachine.Token));

        code.ShouldBe(2);
        output.ShouldContain("optfm.env:2 opens a quote");
        output.ShouldNotContain("hunter2");
        _machine.Settings.ShouldBe("OPTFM_LANG=en\nMAX_API_KEY=\"hunter2\n");
    }

    [Fact]
    public async Task The_firewall_lets_the_session_in_before_it_goes_on()
    {
        _machine.Absent.Remove("ufw");
        _machine.Variables["SSH_CONNECTION"] = "203.0.113.5 51234 192.0.2.1 2222";
        _machine.Programs["ss -Htlnp"] = Said("LISTEN 0 128 0.0.0.0:2200 0.0.0.0:* users:((\"sshd\",pid=1,fd=3))\nLISTEN 0 128 0.0.0.0:80 0.0.0.0:* users:((\"nginx\",pid=2,fd=6))");
        _machine.Programs["sshd -T"] = Said("port 22\naddressfamily any");
        _machine.Programs["ufw status"] = Said("Status: active\n\nTo  Action  From\n--  ------  ----\n22/tcp  LIMIT  Anywhere\n80/tcp ALLOW Anywhere");

        var (code, output) = await _machine.AnswerAsync(("MAX_API_KEY", BareMachine.Token), ("FIREWALL", "on"));

        code.ShouldBe(0, output);
        _machine.Ran.Where(line => line.StartsWith("ufw ") && line != "ufw status").ShouldBe(["ufw allow 2200/tcp", "ufw allow 2222/tcp", "ufw --force enable"]);
    }

    [Fact]
    public async Task A_firewall_that_would_not_take_ssh_is_not_turned_on()
    {
        _machine.Absent.Remove("ufw");
        _machine.Programs["ufw allow 22/tcp"] = new ProgramOutcome(Found: true, TimedOut: false, 1, "ERROR: problem running iptables");

        var (code, output) = await _machine.AnswerAsync(("MAX_API_KEY", BareMachine.Token), ("FIREWALL", "on"));

        code.ShouldBe(1);
        output.ShouldContain("problem running iptables");
        _machine.Ran.ShouldNotContain("ufw --force enable");
    }

    [Fact]
    public async Task Files_that_the_service_could_not_read_are_copied_to_where_it_can()
    {
        _machine.Put("/root/my.json", """[{"id":1,"question":"Где вы?","keywords":[],"answer":"Здесь."}]""");

        var (code, output) = await _machine.AnswerAsync(("MAX_API_KEY", BareMachine.Token), ("FAQ_FILE", "/root/my.json"));

        code.ShouldBe(0, output);
        _machine.Settings.ShouldContain("FAQ_FILE=/etc/optfm/faq.json\n");
        _machine.Read("/etc/optfm/faq.json").ShouldContain("Где вы?");
        Directory.GetFiles(_machine.PathOf("/etc/optfm"), "faq.json.before-*").ShouldHaveSingleItem();
    }

    private static ProgramOutcome Said(string text) => new(Found: true, TimedOut: false, 0, text);
}
