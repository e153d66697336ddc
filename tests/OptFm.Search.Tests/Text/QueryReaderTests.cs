using FsCheck;
using FsCheck.Fluent;
using OptFm.Search.Index;
using OptFm.Search.Text;

namespace OptFm.Search.Tests.Text;

public sealed class QueryReaderTests
{
    private static readonly QueryReader Reader = new(new Vocabulary(Lexicon.Words("доставка оплата возврат api оформить погода как мне самовывоз сколько времени whatsapp магазин заказ")));

    [Theory]
    [InlineData("доставки", Repair.None, "доставки")]
    [InlineData("ljcnfdrf", Repair.Layout, "доставка")]
    [InlineData("ljcnfdrf?", Repair.Layout, "доставка")]
    [InlineData("dostavka", Repair.Transliteration, "доставка")]
    [InlineData("апи", Repair.Transliteration, "api")]
    [InlineData("достваку", Repair.Typo, "доставка")]
    [InlineData("офромить", Repair.Typo, "оформить")]
    [InlineData("аформить", Repair.Typo, "оформить")]
    [InlineData("скооолько", Repair.Transliteration, "сколько")]
    [InlineData("магозинами", Repair.Typo, "магазин")]
    [InlineData("закат", Repair.Unknown, "закат")]
    [InlineData("магазиииинами", Repair.Typo, "магазинами")]
    [InlineData("доставrf", Repair.Layout, "доставка")]
    [InlineData("ljcnfrdf", Repair.Layout, "доставка")]
    [InlineData("dostvka", Repair.Transliteration, "доставка")]
    [InlineData("само вывоз", Repair.Spacing, "самовывоз")]
    [InlineData("само-вывоз", Repair.Spacing, "самовывоз")]
    [InlineData("whats app", Repair.Spacing, "whatsapp")]
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
    public void When_most_of_a_message_is_transliterated_the_rest_is_too() =>
        Reader.Read("kak oformit dostavku traktora").Select(word => word.Word.Text).ShouldBe(["как", "оформить", "доставку", "трактора"]);

    [Fact]
    public void A_latin_name_in_a_russian_message_stays() =>
        Reader.Read("как oformit доставку traktora").Select(word => word.Word.Text).ShouldBe(["как", "оформить", "доставку", "traktora"]);

    [Fact]
    public void A_short_word_is_not_turned_into_one_that_is_known_by_chance() =>
        new QueryReader(new Vocabulary(Lexicon.Words("у вас есть"))).Read("est").ShouldHaveSingleItem().Word.Text.ShouldBe("есть");

    [Fact]
    public void Sentences_are_told_apart() =>
        Reader.Read("Мне доставка. Оплата? Возврат").Select(word => word.Sentence).ShouldBe([0, 0, 1, 2]);

    [Fact]
    public void Glued_words_are_read_one_by_one()
    {
        var words = Reader.Read("скольковремени?");

        words.Select(word => word.Word.Text).ShouldBe(["сколько", "времени"]);
        words.ShouldAllBe(word => word.Repair == Repair.Spacing && word.Typed == "скольковремени" && word.IsAsked);
    }

    [Theory]
    [InlineData("достваку24")]
    [InlineData("dostvka24")]
    [InlineData("ljcnfrdf24")]
    [InlineData("скольковремени24")]
    [InlineData("а51достваку")]
    public void Letters_of_a_code_are_not_misspelt(string code) => Reader.Read(code).ShouldContain(word => word.Repair == Repair.Unknown);

    [Theory]
    [InlineData("20вт", "20 вт")]
    [InlineData("2м", "2 м")]
    [InlineData("11про", "11 про")]
    [InlineData("а51", "а 51")]
    public void Numbers_read_the_same_glued_and_apart(string glued, string apart) =>
        Reader.Read(glued).Select(word => word.Word).ShouldBe(Reader.Read(apart).Select(word => word.Word));

    [Fact]
    public void Known_words_are_left_alone()
    {
        var lexicon = Lexicon.Russian();
        Word[] known = [.. lexicon.Synonyms.Words, .. lexicon.Generic, .. lexicon.Other];
        var reader = new QueryReader(new Vocabulary(known));

        foreach (var word in known.Where(word => char.IsLetter(word.Text[0])))
            reader.Read(word.Text).ShouldHaveSingleItem().ShouldBe(new QueryWord(word.Text, word, Repair.None, 1));
    }

    [Fact]
    public void Russian_words_come_back_from_latin_letters()
    {
        Word[] known = [.. Lexicon.Russian().Generic.Where(word => word.Text.Length >= 5)];
        var vocabulary = new Vocabulary(known);

        string[] lost = [.. known.Select(word => word.Text).Where(text => vocabulary.SoundsLike(Latin(text)) is null)];

        ((double)lost.Length / known.Length).ShouldBeLessThan(0.01, string.Join(' ', lost));
    }

    [Fact]
    public void Any_text_is_read_in_bounded_words_of_ordered_sentences() => Prop.ForAll(AnyText.Of, text =>
    {
        var words = Reader.Read(text);
        return words.Count <= Tokens.MaxCount
            && words.All(word => word.Trust is > 0 and <= 1 && word.Word.Text.Length is > 0 and <= 2 * Tokens.MaxLength)
            && words.Zip(words.Skip(1)).All(pair => pair.First.Sentence <= pair.Second.Sentence);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_read_of_any_text_is_left_alone_when_read_again() => Prop.ForAll(AnyText.Of, text =>
        Reader.Read(text).Where(word => word.Repair is not (Repair.None or Repair.Unknown)).All(word =>
            Reader.Read(word.Word.Text) is [{ Repair: Repair.None }])).QuickCheckThrowOnFailure();

    /// <summary>As passports were written until 2000, and chats still are.</summary>
    private static string Latin(string word)
    {
        string[] letters =
            ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"];
        return string.Concat(word.Select(c => letters[c - 'а']));
    }
}
