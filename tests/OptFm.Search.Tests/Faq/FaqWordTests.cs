using OptFm.Search.Faq;
using OptFm.Search.Text;

namespace OptFm.Search.Tests.Faq;

public sealed class FaqWordTests
{
    private static readonly FaqMatcher Matcher = FaqMatcher.Build(
    [
        new FaqEntry("ship", "Какие условия доставки?", ["самовывоз"], "Привезём.\nКурьер до двери.") { Phrasings = ["сколько стоит доставка"] },
        new FaqEntry("pay", "Как оплатить?", ["счёт"], "По счёту."),
    ]);

    [Fact]
    public void A_word_names_the_texts_it_was_found_in()
    {
        var word = Matcher.Match("dostavka курьером").Words[0];

        (word.Typed, word.Understood, word.Repair).ShouldBe(("dostavka", "доставка", Repair.Transliteration));
        word.Places.Select(place => (place.Part, place.Text)).ShouldBe(
            [(FaqPart.Question, "Какие условия доставки?"), (FaqPart.Phrasing, "сколько стоит доставка"), .. word.Places.Skip(2).Select(place => (place.Part, place.Text))]);
    }

    [Fact]
    public void A_synonym_is_named_as_such()
    {
        var place = Matcher.Match("где забрать заказ").Words.Single(word => word.Typed == "забрать").Places.ShouldHaveSingleItem();

        (place.Part, place.Word, place.IsSynonym).ShouldBe((FaqPart.Keyword, "самовывоз", true));
    }

    [Fact]
    public void Reasons_tell_fields_for_people() =>
        Matcher.Match("курьер").Reasons.ShouldContain(reason => reason.StartsWith("«курьер»:", StringComparison.Ordinal) && reason.EndsWith("ответ", StringComparison.Ordinal));

    [Fact]
    public void Nothing_understood_has_no_words() => Matcher.Match("?!").Words.ShouldBeEmpty();
}
