using FsCheck;
using FsCheck.Fluent;
using OptFm.Search.Text;
using OptFm.Search.Text.Russian;

namespace OptFm.Search.Tests.Text;

public sealed class TextStepTests
{
    [Theory]
    [InlineData("ЁЛКА", "елка")]
    [InlineData("Й", "й")]
    [InlineData("и\u0306", "й")]
    [InlineData("е\u0308ж", "еж")]
    [InlineData("Ａ５１", "a51")]
    [InlineData("до\u00ADставка", "доставка")]
    [InlineData("а\u200Bб", "аб")]
    [InlineData("раз\nдва", "раз . два")]
    public void Normalisation_folds_what_reads_the_same(string typed, string read) => Normalisation.Apply(typed).ShouldBe(read);

    [Fact]
    public void Normalisation_of_any_text_is_bounded_and_leaves_nothing_to_fold() => Prop.ForAll<string>(text =>
    {
        var once = Normalisation.Apply(text ?? "");
        return once.Length <= 3 * Normalisation.MaxLength && Normalisation.Apply(once) == once;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("20вт", "20 вт")]
    [InlineData("type-c, usb", "type c usb")]
    [InlineData("...", "")]
    public void Words_are_runs_of_letters_or_digits(string text, string words) => string.Join(' ', Tokens.Split(text)).ShouldBe(words);

    [Fact]
    public void Words_of_any_text_are_bounded() => Prop.ForAll<string>(text =>
    {
        var words = Tokens.Split(text ?? "");
        return words.Count <= Tokens.MaxCount && words.All(word => word.Length is > 0 and <= Tokens.MaxLength);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("cиликон", "силикон")]
    [InlineData("арi", "api")]
    [InlineData("доставка", "доставка")]
    [InlineData("usb", "usb")]
    public void Letters_that_look_alike_join_one_alphabet(string typed, string read) => LookAlikes.Apply(typed).ShouldBe(read);

    [Theory]
    [InlineData("ljcnfdrf", "доставка")]
    [InlineData("j,vty", "обмен")]
    [InlineData("'rhfy", "экран")]
    public void The_other_layout_is_read(string typed, string read) => KeyboardLayout.ToCyrillic(typed).ShouldBe(read);

    [Fact]
    public void Latin_words_survive_the_other_layout_and_back() => KeyboardLayout.ToLatin("ыфьыгтп").ShouldBe("samsung");

    [Theory]
    [InlineData("dostavka", "доставка")]
    [InlineData("vozvrat", "возврат")]
    [InlineData("zhdat", "ждат")]
    [InlineData("shchetka", "щетка")]
    [InlineData("skolko", "сколко")]
    public void Transliterated_words_are_read(string typed, string read) => Transliteration.ToCyrillic(typed).ShouldBe(read);

    [Theory]
    [InlineData("skolko", "сколько")]
    [InlineData("nalichii", "наличии")]
    [InlineData("apple", "аппле")]
    public void Words_that_sound_alike_share_a_key(string a, string b) => Transliteration.Key(a).ShouldBe(Transliteration.Key(b));

    // From the sample vocabulary at https://snowballstem.org/algorithms/russian/stemmer.html
    [Theory]
    [InlineData("важная", "важн")]
    [InlineData("важнее", "важн")]
    [InlineData("важнейшими", "важн")]
    [InlineData("вагонах", "вагон")]
    [InlineData("валился", "вал")]
    [InlineData("валить", "вал")]
    [InlineData("валерианой", "валериан")]
    [InlineData("вверху", "вверх")]
    [InlineData("пакостей", "пакост")]
    [InlineData("павлыч", "павлыч")]
    [InlineData("доставки", "доставк")]
    [InlineData("гарантийный", "гарантийн")]
    [InlineData("я", "я")]
    [InlineData("вы", "вы")]
    public void Forms_of_a_word_share_a_stem(string word, string stem) => RussianStemmer.Stem(word).ShouldBe(stem);

    [Fact]
    public void A_stem_of_anything_is_its_beginning() =>
        Prop.ForAll<string>(word => (word ?? "").StartsWith(RussianStemmer.Stem(word ?? ""), StringComparison.Ordinal)).QuickCheckThrowOnFailure();
}
