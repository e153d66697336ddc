using OptFm.EndToEnd.Tests.Repository;
using static Microsoft.Playwright.Assertions;

namespace OptFm.EndToEnd.Tests.Browser;

/// <summary>A buyer's visit: goods from the price list, answers from the FAQ, and honesty about the rest.</summary>
public sealed class AnswersPageTests(Chromium browser) : IClassFixture<Chromium>
{
    private static readonly IReadOnlyDictionary<string, string> WithGoods = new Dictionary<string, string>
    {
        ["PRICE_FILE"] = Checkout.PathOf("data/price.demo.csv"),
    };

    [Fact]
    public async Task A_buyer_finds_goods_by_slang_and_narrows_them_down()
    {
        await using var server = await RealServer.StartAsync(WithGoods);
        var chat = await ChatPage.OpenAsync(await browser.NewPageAsync(), server.BaseAddress);

        await chat.SayAsync("почем чехлы на айфон");
        await chat.ExpectRepliesAsync(2);
        await Expect(chat.Replies.Last).ToContainTextAsync("₽ · код");
        await chat.LastButtons.Filter(new() { HasText = "Категории" }).ClickAsync();

        await chat.ExpectRepliesAsync(3);
        await Expect(chat.Replies.Last).ToContainTextAsync("категори", new() { IgnoreCase = true });
    }

    [Fact]
    public async Task An_answer_a_follow_up_two_questions_at_once_and_an_honest_no()
    {
        await using var server = await RealServer.StartAsync(WithGoods);
        var chat = await ChatPage.OpenAsync(await browser.NewPageAsync(), server.BaseAddress);

        await chat.SayAsync("сколько стоит доставка в вологду");
        await chat.ExpectRepliesAsync(2);
        await Expect(chat.Replies.Last).ToContainTextAsync("Вологда — от 3 000 ₽");
        await chat.SayAsync("а в Ярославль?");
        await chat.ExpectRepliesAsync(3);
        await Expect(chat.Replies.Last).ToContainTextAsync("Ярославль — от 1 000 ₽");
        await chat.SayAsync("Как оплатить заказ? И какая гарантия на аккумуляторы?");
        await chat.ExpectRepliesAsync(4);
        await Expect(chat.Replies.Last).ToContainTextAsync("безналичную");
        await Expect(chat.Replies.Last).ToContainTextAsync("6 месяцев");
        await chat.SayAsync("возьмёте меня к вам на работу курьером?");
        await chat.ExpectRepliesAsync(5);
        await Expect(chat.Replies.Last).ToContainTextAsync("нет ответа");
    }
}
