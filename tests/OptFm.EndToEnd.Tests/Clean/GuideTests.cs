using System.Globalization;
using System.Text;
using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Clean;

/// <summary>
/// Proves: an administrator who copies the commands of docs/deploy.ru.md one after another gets what it promises. What is not tried says so in
/// the guide itself.
/// </summary>
[Collection(nameof(CleanServer))]
public sealed class GuideTests
{
    // What the reader does by hand, at the block that tells him to.
    private static readonly (string Marker, string Deed)[] Deeds =
    [
        ("sudo nano /etc/optfm/optfm.env", "sed -i 's|^MAX_API_KEY=.*|MAX_API_KEY=sandbox-max-token|' /etc/optfm/optfm.env"),
    ];

    private static string Russian => File.ReadAllText(Checkout.PathOf("docs/deploy.ru.md"));

    [Fact]
    public void Both_languages_hold_the_same_commands()
    {
        var english = GuideBlock.Read(File.ReadAllText(Checkout.PathOf("docs/deploy.md")));
        var russian = GuideBlock.Read(Russian);

        english.Select(static block => (block.Commands, block.Skip)).ShouldBe(russian.Select(static block => (block.Commands, block.Skip)));
        russian.Count(static block => block.Skip is null).ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task The_commands_of_the_guide_do_what_it_promises()
    {
        var blocks = GuideBlock.Read(Russian);

        var (exitCode, output) = await CleanServer.RunAsync(Story(blocks), Files(blocks));

        exitCode.ShouldBe(0, output);
        for (var i = 0; i < blocks.Count; i++) CheckExpected(blocks[i], Printed(output, i));
        output.ShouldContain("a customer was answered");
    }

    private static void CheckExpected(GuideBlock block, string printed)
    {
        if (block.Skip is not null) return;
        foreach (var line in block.Expected.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            printed.ShouldContain(line, Case.Sensitive, string.Create(CultureInfo.InvariantCulture, $"the guide's line {block.Line} does not print what it says"));
        }
    }

    /// <summary>What the block of this number printed.</summary>
    private static string Printed(string output, int number)
    {
        var begin = output.IndexOf(Mark(number), StringComparison.Ordinal);
        if (begin < 0) return "";
        var end = output.IndexOf(Mark(number + 1), begin, StringComparison.Ordinal);
        return end < 0 ? output[begin..] : output[begin..end];
    }

    private static string Mark(int number) => string.Create(CultureInfo.InvariantCulture, $"=== block {number}: ");

    private static Dictionary<string, string> Files(IReadOnlyList<GuideBlock> blocks) =>
        Enumerable.Range(0, blocks.Count).ToDictionary(Name, i => blocks[i].Commands, StringComparer.Ordinal);

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"block-{number}.sh");

    private static string Story(IReadOnlyList<GuideBlock> blocks)
    {
        var story = new StringBuilder("""
            . /story/telling.sh
            # The package as the guide calls it, with the checksums that come along with it.
            cp /packages/optfm_1.0.0_*.deb "$(grep -ho 'optfm_[0-9.]*_[a-z0-9]*.deb' /story/block-*.sh | head -n 1)"
            sha256sum optfm_*.deb > SHA256SUMS

            """);
        for (var i = 0; i < blocks.Count; i++)
        {
            story.Append(CultureInfo.InvariantCulture, $"echo '{Mark(i)}line {blocks[i].Line}'\n");
            story.Append(blocks[i].Skip is { } reason ? $"echo 'not tried: {reason.Replace("'", "", StringComparison.Ordinal)}'\n" : $"bash -e /story/{Name(i)} < /dev/null\n");
            foreach (var (marker, deed) in Deeds.Where(deed => blocks[i].Commands.Contains(deed.Marker, StringComparison.Ordinal))) story.Append(deed).Append('\n');
            if (blocks[i].Commands.Contains("optfm webhook info", StringComparison.Ordinal)) story.Append("ask 'сколько стоит доставка?' 'Ярославль'; step 'a customer was answered'\n");
        }

        return story.ToString();
    }
}
