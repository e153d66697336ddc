using OptFm.Search.Index;
using OptFm.Search.Text;

namespace OptFm.Search.Tests.Text;

public sealed class QueryReaderTests
{
    private static readonly QueryReader Reader = new(new Vocabulary(Lexicon.Words("доставка оплата возврат api оформить погода как мне")));

    [Theory]
    [InlineData("доставки", Repair.None, "доставки")]
    [InlineData("ljcnfdrf", Repair.Layout, "доставка")]
    [InlineData("ljcnfdrf?", Repair.Layout, "доставка")]
    [InlineData("dostavka", Repair.Transliteration, "доставка")]
    [InlineData("апи", Repair.Transliteration, "api")]
    [InlineData("достваку", Repair.Typo, "доставка")]
    [InlineData("офромить", Repair.Typo, "оформить")]
    [InlineData("погода", Repair.None, "погода")]
    [InlineData("трактор", Repair.Unknown, "трактор")]
    [InlineData("51", Repair.None, "51")]
    public void A_word_is_repaired_only_into_one_that_is_known(string typed, Repair repair, string read)
    {
        var word = Reader.Read(typed).ShouldHaveSingleItem();

        word.Repair.ShouldBe(repair);
        word.Word.Text.ShouldBe(read);
    }

    [Fact]
    public void When_most_of_a_message_is_in_the_other_layout_the_rest_is_too() =>
        Reader.Read("rfr jajhvbnm ljcnfdre nhfrnjhf").Select(word => word.Word.Text).ShouldBe(["как", "оформить", "доставку", "трактора"]);

    [Fact]
    public void Sentences_are_told_apart() =>
        Reader.Read("Мне доставка. Оплата? Возврат").Select(word => word.Sentence).ShouldBe([0, 0, 1, 2]);
}
