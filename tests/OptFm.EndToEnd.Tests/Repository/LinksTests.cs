namespace OptFm.EndToEnd.Tests.Repository;

public sealed class LinksTests
{
    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        var documents = Checkout.Files(Checkout.Root, "*.md").ToList();
        documents.ShouldContain(Checkout.PathOf("ARCHITECTURE.md"));

        documents.SelectMany(BrokenLinks).ShouldBeEmpty();
    }

    [Fact]
    public void Links_are_found_in_prose_and_not_in_code()
    {
        const string markdown = """
            See [the map](ARCHITECTURE.md#layout "the map") and ![a picture](docs/page.png).
            [![badge](a.svg)](b.md) `[not](a-link.md)` <img src="c.png"> [ref]
            ```
            [neither](this.md)
            ```

            [ref]: d.md
            """;

        MarkdownLinks.Targets(markdown).ShouldBe(
            ["ARCHITECTURE.md#layout", "docs/page.png", "a.svg", "b.md", "c.png", "d.md"], ignoreOrder: true);
    }

    [Fact]
    public void Anchors_are_made_of_headings_as_GitHub_makes_them()
    {
        const string markdown = """
            # A newcomer's two commands
            ## `./dev run`
            ## Где что менять?
            ## Twice
            ## Twice
            ```
            # a comment of a script
            ```
            """;

        MarkdownLinks.Anchors(markdown).ShouldBe(
            ["a-newcomers-two-commands", "dev-run", "где-что-менять", "twice", "twice-1"], ignoreOrder: true);
    }

    private static IEnumerable<string> BrokenLinks(string document)
    {
        foreach (var target in MarkdownLinks.Targets(File.ReadAllText(document)))
        {
            if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal)) continue;
            if (Flaw(document, Uri.UnescapeDataString(target)) is { } flaw)
                yield return $"{Path.GetRelativePath(Checkout.Root, document)}: {target} {flaw}";
        }
    }

    private static string? Flaw(string document, string target)
    {
        var (file, anchor) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, "");
        var path = file.Length == 0 ? document : Path.GetFullPath(file, Path.GetDirectoryName(document)!);
        if (path != Checkout.Root && !path.StartsWith(Checkout.Root + "/", StringComparison.Ordinal)) return "is outside the repository";
        if (!File.Exists(path) && !Directory.Exists(path)) return "is not there";
        if (anchor.Length == 0 || !path.EndsWith(".md", StringComparison.Ordinal)) return null;
        return MarkdownLinks.Anchors(File.ReadAllText(path)).Contains(anchor) ? null : "names no heading";
    }
}
