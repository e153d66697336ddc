using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace OptFm.EndToEnd.Tests.Browser;

/// <summary>What a visitor's browser complains about: script errors, refusals of the content security policy, requests elsewhere.</summary>
public sealed class PageProblems
{
    private readonly ConcurrentQueue<string> _found = [];

    /// <param name="page">Watched from now on; a page that has already loaded has hidden its first problems.</param>
    /// <param name="home">The only origin the page may ask anything of.</param>
    public PageProblems(IPage page, Uri home)
    {
        page.PageError += (_, error) => _found.Enqueue($"script: {error}");
        page.Console += (_, message) => AddIf(message.Type == "error", $"console: {message.Text}");
        page.Request += (_, request) => AddIf(IsElsewhere(request.Url, home), $"request elsewhere: {request.Url}");
    }

    public IReadOnlyCollection<string> Found => _found;

    private static bool IsElsewhere(string url, Uri home) =>
        new Uri(url) is { Scheme: "http" or "https" or "ws" or "wss" } address && address.Authority != home.Authority;

    private void AddIf(bool isProblem, string problem)
    {
        if (isProblem) _found.Enqueue(problem);
    }
}
