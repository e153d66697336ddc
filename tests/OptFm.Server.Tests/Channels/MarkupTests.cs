using OptFm.Server.Channels;

namespace OptFm.Server.Tests.Channels;

public class MarkupTests
{
    [Theory]
    [InlineData("**жирный** и *курсив*", "<b>жирный</b> и <i>курсив</i>")]
    [InlineData("`код` [сайт](https://optfm.ru/?a=1&b=2)", "<code>код</code> <a href=\"https://optfm.ru/?a=1&amp;b=2\">сайт</a>")]
    [InlineData("***оба***", "<b><i>оба</i></b>")]
    [InlineData("**a *b* c**", "<b>a </b><b><i>b</i></b><b> c</b>")]
    [InlineData("*a***b**", "<i>a</i><b>b</b>")]
    [InlineData("[**жирная** ссылка](https://optfm.ru)", "<b><a href=\"https://optfm.ru\">жирная</a></b><a href=\"https://optfm.ru\"> ссылка</a>")]
    [InlineData("<b>&\"", "&lt;b&gt;&amp;&quot;")]
    [InlineData("a\nb", "a\nb")]
    public void Pairs_become_tags_and_everything_else_is_escaped(string markup, string html) => MarkupHtml.Render(markup).ShouldBe(html);

    [Theory]
    [InlineData("2 * 3 * 4")]
    [InlineData("**не закрыто")]
    [InlineData("** пусто **")]
    [InlineData("****")]
    [InlineData("``")]
    [InlineData("[текст](javascript:alert)")]
    [InlineData("[](https://optfm.ru)")]
    [InlineData("[текст](https://optfm.ru /a)")]
    [InlineData("[текст] (https://optfm.ru)")]
    [InlineData("https://optfm.ru/a_b_c")]
    [InlineData("*через\n\nабзац*")]
    [InlineData("\\a \\")]
    public void What_finds_no_partner_is_literal(string text)
    {
        Markup.ToPlain(text).ShouldBe(text);
        Markup.Parse(text).ShouldAllBe(s => s.Style == MarkupStyle.None && s.Url == null);
    }

    [Theory]
    [InlineData("\\*a\\*", "*a*")]
    [InlineData("\\[a\\](https://optfm.ru)", "[a](https://optfm.ru)")]
    [InlineData("`a\\`b`", "a`b")]
    [InlineData("\\\\*a*", "\\a")]
    public void A_backslash_makes_punctuation_literal(string markup, string plain) => Markup.ToPlain(markup).ShouldBe(plain);

    [Fact]
    public void A_closing_bracket_inside_an_address_can_be_escaped() =>
        Markup.Parse("[a](https://optfm.ru/\\(x\\))").ShouldHaveSingleItem().Url.ShouldBe("https://optfm.ru/(x)");
}
