using FsCheck;
using FsCheck.Fluent;
using OptFm.Server.Channels;

namespace OptFm.Server.Tests.Channels;

public class MarkupPropertyTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(3000);

    /// <summary>Texts made of the pieces that matter, so that marks meet in every order.</summary>
    internal static readonly Arbitrary<string> Texts = Gen.Elements(
            "*", "**", "***", "`", "[", "]", "](https://a.b)", "](https://a.b/\\)x)", "\\", "(", ")", " ", "\n", "\n\n", "\r\n", "\u00a0",
            "a", "слово", "<", "&", "\"", "😀", "👩‍👩‍👧", "e\u0301", "\u0301", "\ud83d", ". ")
        .ListOf().Select(parts => string.Concat(parts)).ToArbitrary();

    [Fact]
    public void Escaped_text_is_literal() => Prop.ForAll(Texts, text => Markup.ToPlain(Markup.Escape(text)) == text).Check(Config);

    [Fact]
    public void Escaped_text_is_literal_inside_any_pair() => Prop.ForAll(Texts.Filter(t => !t.Any(char.IsWhiteSpace) && t.Length > 0), text =>
    {
        var name = Markup.Escape(text);
        return Markup.ToPlain($"**{name}** *{name}* `{name}` [{name}](https://a.b)") == $"{text} {text} {text} {text}";
    }).Check(Config);

    [Fact]
    public void Written_spans_read_back_unchanged() => Prop.ForAll(Texts, text =>
    {
        var spans = Markup.Parse(text);
        return Markup.Parse(Markup.Write(spans)).SequenceEqual(spans);
    }).Check(Config);

    [Fact]
    public void No_letter_is_lost() => Prop.ForAll(Texts, text =>
        Markup.ToPlain(text).Count(char.IsLetter) >= text.Replace("](https://a.b)", "").Replace("](https://a.b/\\)x)", "").Count(char.IsLetter)).Check(Config);
}
