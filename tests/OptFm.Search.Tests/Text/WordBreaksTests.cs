using FsCheck;
using FsCheck.Fluent;
using OptFm.Search.Index;
using OptFm.Search.Text;

namespace OptFm.Search.Tests.Text;

public sealed class WordBreaksTests
{
    private static readonly WordBreaks Breaks = new(new Vocabulary(Lexicon.Words(
        "самовывоз доставка предоплата оплата времени находиться возврат сделать ходить кабинет личный whatsapp сколько где вы как по")));

    [Theory]
    [InlineData("скольковремени", "сколько времени")]
    [InlineData("личныйкабинет", "личный кабинет")]
    [InlineData("гдевынаходитесь", "где вы находитесь")]
    [InlineData("каксделатьвозврат", "как сделать возврат")]
    public void Glued_words_are_told_apart(string typed, string words) =>
        Breaks.Split(typed).ShouldNotBeNull().Select(word => word.Text).ShouldBe(words.Split(' '));

    [Theory]
    [InlineData("проходит", "a verb with a prefix, not \"про ходит\"")]
    [InlineData("сделатьли", "an ending is no word")]
    [InlineData("насделать", "nor is a beginning")]
    [InlineData("доставкац", "what is left over is no word")]
    [InlineData("трактор", "none of it is known")]
    [InlineData("какпо", "too short to tell from chance")]
    [InlineData("", "there is nothing")]
    public void A_word_that_is_not_made_of_known_ones_stays_whole(string typed, string why) => Breaks.Split(typed).ShouldBeNull(why);

    [Theory]
    [InlineData("само вывоз", "самовывоз")]
    [InlineData("пред оплата", "предоплата")]
    [InlineData("whats app", "whatsapp")]
    public void Torn_words_are_put_together(string typed, string read) => Join(typed).ShouldBe(read);

    [Theory]
    [InlineData("личный кабинет", "both are words of their own")]
    [InlineData("пред трактор", "it makes nothing")]
    [InlineData("доставк и", "the second is but an ending")]
    [InlineData("само 51", "digits belong to codes")]
    public void Words_that_make_no_known_one_stay_apart(string typed, string why) => Join(typed).ShouldBeNull(why);

    [Fact]
    public void Pieces_of_any_word_make_it_up() => Prop.ForAll(AnyText.Of, text =>
        Tokens.Split(Normalisation.Apply(text)).All(word => Breaks.Split(word) is not { } pieces
            || (pieces.Count > 1 && string.Concat(pieces.Select(piece => piece.Text)).Length == word.Length))).QuickCheckThrowOnFailure();

    private static string? Join(string typed)
    {
        var words = TextAnalyzer.Read(typed);
        return Breaks.Join(words[0], words[1])?.Text;
    }
}
