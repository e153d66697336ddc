using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OptFm.EndToEnd.Tests.Browser;

/// <summary>Whoever comes, with whatever they have: small screens, dark rooms, screen readers.</summary>
public sealed class ChatPageAccessTests(Chromium browser) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Nothing_is_wider_than_a_small_phone()
    {
        await using var server = await RealServer.StartAsync();
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 320, Height = 560 } });
        var chat = await ChatPage.OpenAsync(page, server.BaseAddress);
        await chat.SayAsync(new string('щ', 300));
        await chat.ExpectRepliesAsync(2);

        foreach (var box in new[] { "html", "#scroll" })
            (await page.EvaluateAsync<int>("box => { const b = document.querySelector(box); return b.scrollWidth - b.clientWidth; }", box)).ShouldBe(0, box);
    }

    [Fact]
    public async Task Everything_to_press_or_fill_in_has_a_name_and_a_size_for_a_finger()
    {
        await using var server = await RealServer.StartAsync();
        var page = await browser.NewPageAsync();
        var chat = await ChatPage.OpenAsync(page, server.BaseAddress);

        (await page.GetAttributeAsync("html", "lang")).ShouldBe("ru");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Отправить" })).ToBeVisibleAsync();
        await Expect(chat.Log).ToHaveAttributeAsync("aria-live", "polite");
        await Expect(chat.Log).ToHaveAttributeAsync("aria-busy", "false");
        foreach (var control in await page.Locator("button, a, textarea, input").AllAsync())
        {
            (await control.EvaluateAsync<string>("c => c.ariaLabel || c.labels?.[0]?.textContent || c.textContent")).Trim().ShouldNotBeEmpty();
            (await control.BoundingBoxAsync())!.Height.ShouldBeGreaterThanOrEqualTo(44);
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_stands_out_from_what_is_behind_it(ColorScheme scheme)
    {
        await using var server = await RealServer.StartAsync();
        var page = await browser.NewPageAsync(new() { ColorScheme = scheme });
        var chat = await ChatPage.OpenAsync(page, server.BaseAddress);
        await chat.SayAsync("Привет");
        await chat.ExpectRepliesAsync(2);
        await page.EvaluateAsync("document.getElementById('status').textContent = 'Нет связи'");

        foreach (var selector in new[] { ".top h1", ".bot .text", ".bot .at", ".own .text", ".keyboard button", "#status", "#text" })
        {
            // WCAG 2.2, 1.4.3: 4.5 to 1. https://www.w3.org/TR/WCAG22/#contrast-minimum
            (await page.EvaluateAsync<double>(Contrast, selector)).ShouldBeGreaterThanOrEqualTo(4.5, $"{selector}, {scheme}");
        }
    }

    [Fact]
    public async Task Nothing_moves_for_those_who_asked_for_stillness()
    {
        await using var server = await RealServer.StartAsync();
        var page = await browser.NewPageAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await ChatPage.OpenAsync(page, server.BaseAddress);

        (await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('#typing i')).animationName")).ShouldBe("none");
    }

    // Relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    private const string Contrast = """
        selector => {
          const parse = color => color.match(/[\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => [r, g, b]
            .map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = element => {
            for (let e = element; e; e = e.parentElement) {
              const color = parse(getComputedStyle(e).backgroundColor);
              if (color.length === 3 || color[3] > 0) return color;
            }
            return [255, 255, 255];
          };
          const element = document.querySelector(selector);
          const [light, dark] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))].sort((a, b) => b - a);
          return (light + 0.05) / (dark + 0.05);
        }
        """;
}
