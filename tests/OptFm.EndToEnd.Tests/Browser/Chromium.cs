using Microsoft.Playwright;

namespace OptFm.EndToEnd.Tests.Browser;

/// <summary>
/// The system's Chromium without a window, started when the first page is asked for and shared by a test class
/// (<c>IClassFixture&lt;Chromium&gt;</c>). Each page has cookies and storage of its own.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    // No sandbox: CI runs as root, where Chromium refuses to have one. The rest keeps it from talking to anybody but the page's server.
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly SemaphoreSlim _launching = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A blank page in a fresh profile. Skips the test, saying why, where no Chromium is installed.</summary>
    public async Task<IPage> NewPageAsync(BrowserNewContextOptions? options = null)
    {
        var executable = Names.Select(Find).FirstOrDefault(path => path is not null);
        Assert.SkipWhen(executable is null, "Chromium is not installed: apt-get install chromium");

        var browser = await LaunchAsync(executable);
        var context = await browser.NewContextAsync(options);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        _launching.Dispose();
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private async Task<IBrowser> LaunchAsync(string executable)
    {
        await _launching.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Headless = true, Args = Flags });
        }
        finally
        {
            _launching.Release();
        }
    }
}
