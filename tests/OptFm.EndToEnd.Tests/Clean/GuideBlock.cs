using System.Text.RegularExpressions;

namespace OptFm.EndToEnd.Tests.Clean;

/// <summary>
/// A block of commands in the deployment guide: <c>```sh</c>, or <c>```sh skip="why it is not tried"</c>. A block <c>```text</c> right
/// behind one tells what it prints.
/// </summary>
internal sealed partial record GuideBlock(int Line, string Commands, string? Skip, string Expected)
{
    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<GuideBlock> Read(string markdown)
    {
        var blocks = new List<GuideBlock>();
        foreach (Match fence in Fence().Matches(markdown))
        {
            var (info, body) = (fence.Groups["info"].Value, fence.Groups["body"].Value);
            var line = markdown.AsSpan(0, fence.Index).Count('\n') + 1;
            if (info.StartsWith("sh", StringComparison.Ordinal)) blocks.Add(new GuideBlock(line, body, SkipOf(info, line), ""));
            else if (info == "text" && blocks.Count > 0) blocks[^1] = blocks[^1] with { Expected = body };
        }

        return blocks;
    }

    private static string? SkipOf(string info, int line)
    {
        if (info == "sh") return null;
        var match = Info().Match(info);
        match.Success.ShouldBeTrue($"line {line}: ```{info}");
        return match.Groups["reason"].Value;
    }

    [GeneratedRegex("^```(?<info>[^\n]*)\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Fence();

    [GeneratedRegex("^sh skip=\"(?<reason>[^\"]{3,})\"$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Info();
}
