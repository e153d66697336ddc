using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Channels;

namespace OptFm.Server.Tests.Channels;

public class MarkupSplitterTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(3000);

    [Fact]
    public void A_short_text_is_left_as_it_is() => MarkupSplitter.Split("  **a**  ", 4000).ShouldBe(["  **a**  "]);

    [Fact]
    public void A_blank_text_is_no_message() => MarkupSplitter.Split(" \n ", 4000).ShouldBeEmpty();

    [Fact]
    public void Paragraphs_come_before_lines_and_lines_before_sentences_and_words()
    {
        MarkupSplitter.Split("первый абзац\n\nвторой\nабзац. И слово", 32).ShouldBe(["первый абзац", "второй\nабзац. И слово"]);
        MarkupSplitter.Split("первая строка\nвторая. И слово ещё слово", 32).ShouldBe(["первая строка", "вторая. И слово ещё слово"]);
        MarkupSplitter.Split("Первое слово. Второе слово, третье", 32).ShouldBe(["Первое слово.", "Второе слово, третье"]);
        MarkupSplitter.Split("первое второе третье", 16).ShouldBe(["первое второе", "третье"]);
    }

    [Fact]
    public void A_pair_that_must_be_cut_is_closed_and_opened_again() =>
        MarkupSplitter.Split("**один два три четыре пять шесть семь**", 32).ShouldBe(["**один два три четыре пять**", "**шесть семь**"]);

    [Fact]
    public void A_cut_goes_around_a_pair_where_it_can() =>
        MarkupSplitter.Split("раз два три **четыре пять** шесть", 29).ShouldBe(["раз два три", "**четыре пять** шесть"]);

    [Fact]
    public void A_link_stays_whole() =>
        MarkupSplitter.Split("раз два три четыре [пять шесть](https://a.b) семь", 48).ShouldBe(["раз два три четыре", "[пять шесть](https://a.b) семь"]);

    [Fact]
    public void An_address_longer_than_a_message_gives_way_to_its_text()
    {
        var text = $"[сайт магазина](https://a.b/{new string('x', 900)}) и ещё слова";
        MarkupSplitter.Split(text, 100).ShouldBe(["сайт магазина и ещё слова"]);
    }

    [Fact]
    public void Every_piece_fits_and_nothing_but_blanks_at_the_cuts_is_lost() => Prop.ForAll(
        MarkupPropertyTests.Texts, Gen.Choose(16, 60).ToArbitrary(), (text, limit) =>
        {
            var pieces = MarkupSplitter.Split(text, limit);
            var fit = pieces.All(p => MarkupHtml.Render(p).Length <= limit && Markup.ToPlain(p).Length <= limit);
            var whole = WithoutBlanks(string.Concat(pieces.Select(Markup.ToPlain))) == WithoutBlanks(Markup.ToPlain(text));
            return fit && whole && pieces.All(p => !string.IsNullOrWhiteSpace(Markup.ToPlain(p)));
        }).Check(Config);

    [Fact]
    public void Styles_survive_the_cuts() => Prop.ForAll(MarkupPropertyTests.Texts, text =>
    {
        var pieces = MarkupSplitter.Split(text, 100);
        return Styled(pieces.SelectMany(Markup.Parse)).SequenceEqual(Styled(Markup.Parse(text)));
    }).Check(Config);

    [Fact]
    public void No_grapheme_is_cut() => Prop.ForAll(MarkupPropertyTests.Texts, text =>
    {
        var plain = Markup.ToPlain(text);
        var graphemes = StringInfo.ParseCombiningCharacters(plain).ToHashSet();
        var at = 0;
        foreach (var piece in MarkupSplitter.Split(text, 200).Select(Markup.ToPlain))
        {
            at = plain.IndexOf(piece, at, StringComparison.Ordinal);
            if (!graphemes.Contains(at)) return false;
            at += piece.Length;
        }

        return true;
    }).Check(Config);

    [Theory]
    [InlineData("[a\n](https://a.b)[\nb](https://a.b)")]
    [InlineData("[a\n](https://a.b)[\r\nb](https://a.b)")]
    [InlineData("[a\n](https://a.b)[\r](https://a.b)[\nb](https://a.b)")]
    [InlineData("**[a\n](https://a.b)[\nb](https://a.b)**")]
    [InlineData("*[a\n](https://a.b)[\n ](https://a.b)[b](https://a.b)*")]
    public void Links_that_make_a_blank_line_together_are_written_as_two(string text)
    {
        var spans = Markup.Parse(text);

        Markup.Parse(Markup.Write(spans)).ShouldBe(spans);
        MarkupSplitter.Split(text + new string('x', 60), 64).SelectMany(Markup.Parse).Where(s => s.Text.Contains('b')).ShouldAllBe(s => s.Url == "https://a.b");
    }

    [Theory]
    [InlineData("*")]
    [InlineData("**a ")]
    [InlineData("[")]
    [InlineData("[a](https://a.b/")]
    [InlineData("`")]
    [InlineData("\u0301")]
    [InlineData("&\"")]
    [InlineData("***a*** ")]
    public void A_hostile_mebibyte_takes_linear_time(string unit)
    {
        // Quadratic time would be hours here; the test has no clock.
        var text = string.Concat(Enumerable.Repeat(unit, 1024 * 1024 / unit.Length));
        var pieces = MarkupSplitter.Split(text, 4000);
        pieces.ShouldAllBe(p => MarkupHtml.Render(p).Length <= 4000);
    }

    private static string WithoutBlanks(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static IEnumerable<(char, MarkupStyle, string?)> Styled(IEnumerable<MarkupSpan> spans) =>
        spans.SelectMany(s => s.Text.Where(c => !char.IsWhiteSpace(c)).Select(c => (c, s.Style, s.Url)));
}
