using FsCheck;
using FsCheck.Fluent;
using OptFm.Search.Text;

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
    [InlineData("до\u0301ставка", "доставка")]
    [InlineData("café", "cafe")]
    [InlineData("cafe\u0301", "cafe")]
    [InlineData("1\uFE0F\u20E3 оплата\u2764\uFE0F", "1 оплата\u2764")]
    [InlineData("оплата\uD83D\uDE0A", "оплата  ")]
    [InlineData("\u202Eоплата\u200F", "оплата")]
    public void Normalisation_folds_what_reads_the_same(string typed, string read) => Normalisation.Apply(typed).ShouldBe(read);

    [Fact]
    public void Normalisation_of_any_text_is_bounded_and_leaves_nothing_to_fold() => Prop.ForAll(AnyText.Of, text =>
    {
        var once = Normalisation.Apply(text);
        return once.Length <= 3 * Normalisation.MaxLength && Normalisation.Apply(once) == once;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Normalisation_of_each_character_leaves_nothing_to_fold() =>
        Enumerable.Range(0, char.MaxValue + 1).Select(code => Normalisation.Apply($"{(char)code}")).ShouldAllBe(once => Normalisation.Apply(once) == once);

    [Theory]
    [InlineData("20вт", "20 вт")]
    [InlineData("type-c, usb", "type c usb")]
    [InlineData("11про 2м а51", "11 про 2 м а 51")]
    [InlineData("...", "")]
    public void Words_are_runs_of_letters_or_digits(string text, string words) => string.Join(' ', Tokens.Split(text)).ShouldBe(words);

    [Fact]
    public void Words_of_any_text_are_bounded_and_are_words_themselves() => Prop.ForAll(AnyText.Of, text =>
    {
        var words = Tokens.Split(text);
        return words.Count <= Tokens.MaxCount && words.All(word => word.Length is > 0 and <= Tokens.MaxLength)
            && Tokens.Split(string.Join(' ', words)).SequenceEqual(words);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("cиликон", "силикон")]
    [InlineData("арi", "api")]
    [InlineData("доставка", "доставка")]
    [InlineData("usb", "usb")]
    public void Letters_that_look_alike_join_one_alphabet(string typed, string read) => LookAlikes.Apply(typed).ShouldBe(read);

    [Fact]
    public void Look_alikes_of_any_word_are_folded_once_for_all() => Prop.ForAll(AnyText.Of, text =>
    {
        var once = LookAlikes.Apply(text);
        return once.Length == text.Length && LookAlikes.Apply(once) == once;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("ljcnfdrf", "доставка")]
    [InlineData("j,vty", "обмен")]
    [InlineData("'rhfy", "экран")]
    public void The_other_layout_is_read(string typed, string read) => KeyboardLayout.ToCyrillic(typed).ShouldBe(read);

    [Fact]
    public void Latin_words_survive_the_other_layout_and_back() => KeyboardLayout.ToLatin("ыфьыгтп").ShouldBe("samsung");

    [Fact]
    public void Letters_typed_in_the_other_layout_come_back()
    {
        var letters = new string([.. Enumerable.Range('а', 32).Select(code => (char)code)]);

        KeyboardLayout.ToCyrillic(KeyboardLayout.ToLatin(letters)).ShouldBe(letters);
        KeyboardLayout.ToLatin(KeyboardLayout.ToCyrillic("abcdefghijklmnopqrstuvwxyz")).ShouldBe("abcdefghijklmnopqrstuvwxyz");
    }

    [Fact]
    public void Turning_the_layout_keeps_the_length_of_any_text() => Prop.ForAll(AnyText.Of, text =>
        KeyboardLayout.ToCyrillic(text).Length == text.Length && KeyboardLayout.ToLatin(text).Length == text.Length).QuickCheckThrowOnFailure();

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
    [InlineData("otpisatsya", "отписаться")]
    [InlineData("отписаца", "отписаться")]
    [InlineData("schitat", "считать")]
    [InlineData("щитать", "считать")]
    [InlineData("soobschit", "сообщить")]
    [InlineData("ostalnye", "остальные")]
    [InlineData("garantiya", "гарантия")]
    [InlineData("bystree", "быстрее")]
    public void Words_that_sound_alike_share_a_key(string a, string b) => Transliteration.Key(a).ShouldBe(Transliteration.Key(b));

    [Fact]
    public void A_key_of_any_word_is_bounded_and_its_own_key() => Prop.ForAll(AnyText.Of, text =>
    {
        var key = Transliteration.Key(Normalisation.Apply(text));
        return key.Length <= 2 * Normalisation.Apply(text).Length && Transliteration.Key(key) == key;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("скооолько", 1, "сколько")]
    [InlineData("длиннннный", 2, "длинный")]
    [InlineData("оппа", 1, "оппа")]
    [InlineData("ааа", 1, "а")]
    public void Held_letters_are_let_go(string typed, int left, string read) => Elongation.Shorten(typed, left).ShouldBe(read);

    [Fact]
    public void No_letter_is_held_in_any_shortened_word() => Prop.ForAll(AnyText.Of, text =>
    {
        var once = Elongation.Shorten(text, 2);
        return !Elongation.IsIn(once) && once.Length <= text.Length && (Elongation.IsIn(text) || once == text) && Elongation.Shorten(once, 1) == once;
    }).QuickCheckThrowOnFailure();
}
