using OptFm.Sandbox;
using OptFm.Server.Cli;

namespace OptFm.Server.Tests.Sandbox;

public sealed class SandboxConsoleTests
{
    [Theory]
    [InlineData("max> привет", Messenger.Max, "1", "привет", false)]
    [InlineData("telegram/42>  а > б ", Messenger.Telegram, "42", "а > б", false)]
    [InlineData("compat/user_7! faq:2", Messenger.Compat, "user_7", "faq:2", true)]
    public void A_line_names_the_messenger_the_chat_and_the_words(string line, Messenger messenger, string chat, string text, bool isPress) =>
        SandboxLine.Read(line).ShouldBe(new SandboxLine(messenger, chat, text, isPress));

    [Theory]
    [InlineData("привет")]
    [InlineData("icq> привет")]
    [InlineData("1> привет")]
    [InlineData("max>  ")]
    public void A_line_that_says_nothing_to_nobody_is_no_line(string line) => SandboxLine.Read(line).ShouldBeNull();

    [Fact]
    public async Task The_terminal_prints_the_settings_and_shows_both_sides()
    {
        await using var sandbox = await SandboxServer.StartAsync();
        using var bot = new FakeBot(sandbox);
        using var screen = new StringWriter();
        using var stop = new CancellationTokenSource();
        var console = new SandboxConsole(sandbox, new StringReader("max> привет\nчто?\n"), screen).RunAsync(stop.Token);

        await bot.Max("GET /updates?timeout=30");
        await bot.Max("POST /messages?chat_id=1", new { text = "здравствуйте", attachments = new[] { new { type = "inline_keyboard", payload = new { buttons = new[] { new[] { new { type = "callback", text = "Цены", payload = "p" } } } } } } });
        await stop.CancelAsync();
        await console;

        screen.ToString().ShouldContain($"MAX_BASE_URL={sandbox.MaxAddress}");
        screen.ToString().ShouldContain($"TELEGRAM_BOT_TOKEN={sandbox.Telegram.Token}");
        screen.ToString().ShouldContain("Max/1 the bot: здравствуйте");
        screen.ToString().ShouldContain("[Цены ! p]");
    }
}
