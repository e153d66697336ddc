namespace OptFm.EndToEnd.Tests.Browser;

public sealed class ChromiumTests(Chromium browser) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_page_opens_runs_its_script_and_its_problems_are_seen()
    {
        var page = await browser.NewPageAsync();
        var problems = new PageProblems(page, new Uri("http://127.0.0.1/"));

        await page.SetContentAsync("""
            <h1>Опт</h1>
            <script>document.querySelector('h1').textContent += ' ФМ'; console.error('told to the console')</script>
            """);

        (await page.InnerTextAsync("h1")).ShouldBe("Опт ФМ");
        problems.Found.ShouldBe(["console: told to the console"]);
    }
}
