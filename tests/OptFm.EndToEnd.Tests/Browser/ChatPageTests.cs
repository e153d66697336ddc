using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OptFm.EndToEnd.Tests.Browser;

public sealed class ChatPageTests(Chromium browser) : IClassFixture<Chromium>
{
    private const string Question = "Какая минимальная сумма заказа?";

    [Fact]
    public async Task A_visitor_is_greeted_asks_and_reads_the_answer_and_the_browser_has_nothing_to_complain_of()
    {
        await using var server = await RealServer.StartAsync();
        var page = await browser.NewPageAsync();
        var problems = new PageProblems(page, server.BaseAddress);
        var chat = await ChatPage.OpenAsync(page, server.BaseAddress);

        await chat.SayAsync(Question);

        await chat.ExpectRepliesAsync(2);
        await Expect(chat.Own).ToContainTextAsync(Question);
        await Expect(chat.Replies.Last).ToContainTextAsync("₽");
        await Expect(chat.Field).ToBeFocusedAsync();
        await Expect(page.Locator("#typing")).ToBeHiddenAsync();
        problems.Found.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_menu_is_paged_in_place_with_the_keyboard_alone()
    {
        await using var server = await RealServer.StartAsync();
        var chat = await ChatPage.OpenAsync(await browser.NewPageAsync(), server.BaseAddress);
        await chat.LastButtons.First.PressAsync("Enter");
        await chat.ExpectRepliesAsync(2);
        var menu = await chat.Replies.Last.InnerTextAsync();

        await chat.LastButtons.First.PressAsync("Enter");

        await Expect(chat.Replies.Last).Not.ToHaveTextAsync(menu);
        await chat.ExpectRepliesAsync(2);
        await Expect(chat.LastButtons.First).ToBeFocusedAsync();
        await Expect(chat.Own).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_reload_and_a_second_tab_show_the_same_conversation()
    {
        await using var server = await RealServer.StartAsync();
        var page = await browser.NewPageAsync();
        var chat = await ChatPage.OpenAsync(page, server.BaseAddress);
        await chat.SayAsync(Question);
        await chat.ExpectRepliesAsync(2);
        var before = await chat.Log.InnerTextAsync();

        await page.ReloadAsync();
        var tab = new ChatPage(await page.Context.NewPageAsync());
        await tab.Page.GotoAsync(server.BaseAddress.AbsoluteUri);

        await chat.ExpectRepliesAsync(2);
        await tab.ExpectRepliesAsync(2);
        (await chat.Log.InnerTextAsync()).ShouldBe(before);
        (await tab.Log.InnerTextAsync()).ShouldBe(before);

        await tab.SayAsync("Спасибо");
        await chat.ExpectRepliesAsync(3);
        await Expect(chat.Own.Last).ToContainTextAsync("Спасибо");
    }

    [Fact]
    public async Task What_was_written_while_the_server_was_away_is_sent_and_answered_once_it_is_back()
    {
        var settings = new Dictionary<string, string> { ["PORT"] = FreePort() };
        await using var server = await RealServer.StartAsync(settings);
        var page = await browser.NewPageAsync();
        var chat = await ChatPage.OpenAsync(page, server.BaseAddress);

        await server.KillAsync();
        await Expect(chat.Status).ToHaveTextAsync("Нет связи, повторяем…");
        await chat.SayAsync(Question);
        await Expect(chat.Own).ToHaveClassAsync("message own sending");
        await server.StartAgainAsync();

        await chat.ExpectRepliesAsync(2);
        await Expect(chat.Status).ToHaveTextAsync("");
        await Expect(chat.Own).ToHaveClassAsync("message own");
        await page.ReloadAsync();
        await chat.ExpectRepliesAsync(2);
        await Expect(chat.Own).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_message_survives_a_reload_that_comes_before_the_server_has_it()
    {
        await using var server = await RealServer.StartAsync();
        var page = await browser.NewPageAsync();
        var chat = await ChatPage.OpenAsync(page, server.BaseAddress);
        await page.RouteAsync("**/chat/messages", route => route.AbortAsync());
        await chat.SayAsync(Question);
        await Expect(chat.Status).ToHaveTextAsync("Нет связи, повторяем…");

        await page.UnrouteAsync("**/chat/messages");
        await page.ReloadAsync();

        await chat.ExpectRepliesAsync(2);
        await Expect(chat.Own).ToHaveCountAsync(1);
        await Expect(chat.Own).ToContainTextAsync(Question);
    }

    [Fact]
    public async Task Hostile_text_is_shown_as_it_was_written()
    {
        await using var server = await RealServer.StartAsync();
        var page = await browser.NewPageAsync();
        var problems = new PageProblems(page, server.BaseAddress);
        var chat = await ChatPage.OpenAsync(page, server.BaseAddress);
        const string hostile = "<img src=x onerror=alert(1)> **жирно** [ссылка](javascript:alert(1))";

        await chat.SayAsync(hostile);
        await chat.ExpectRepliesAsync(2);

        await Expect(chat.Own).ToContainTextAsync(hostile);
        await Expect(chat.Log.Locator("img, script, iframe, a[href^='javascript']")).ToHaveCountAsync(0);
        problems.Found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("script is switched off")]
    [InlineData("script does not load")]
    public async Task Without_a_script_the_visitor_reads_how_to_reach_the_shop(string why)
    {
        await using var server = await RealServer.StartAsync();
        var page = await browser.NewPageAsync(new() { JavaScriptEnabled = why == "script does not load" });
        await page.RouteAsync("**/chat.js", route => route.AbortAsync());
        await page.GotoAsync(server.BaseAddress.AbsoluteUri);

        await Expect(page.GetByText("@optfm.ru")).ToBeVisibleAsync();
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
