using Microsoft.Playwright;

namespace OptFm.EndToEnd.Tests.Browser;

/// <summary>The chat page as a visitor handles it.</summary>
internal sealed class ChatPage(IPage page)
{
    public IPage Page => page;

    public ILocator Log => page.GetByRole(AriaRole.Log);

    public ILocator Replies => page.Locator(".bot");

    public ILocator Own => page.Locator(".own");

    public ILocator Status => page.GetByRole(AriaRole.Status);

    public ILocator Field => page.GetByLabel("Ваш вопрос");

    /// <summary>Opens the page and waits for the greeting.</summary>
    public static async Task<ChatPage> OpenAsync(IPage page, Uri server)
    {
        var chat = new ChatPage(page);
        await page.GotoAsync(server.AbsoluteUri);
        await chat.ExpectRepliesAsync(1);
        return chat;
    }

    public Task SayAsync(string text) => TypeAsync(text, "Enter");

    public async Task TypeAsync(string text, string key)
    {
        await Field.FillAsync(text);
        await Field.PressAsync(key);
    }

    public Task ExpectRepliesAsync(int count) => Assertions.Expect(Replies).ToHaveCountAsync(count, new() { Timeout = 30_000 });

    /// <summary>The buttons under the newest reply.</summary>
    public ILocator LastButtons => Replies.Last.GetByRole(AriaRole.Button);
}
