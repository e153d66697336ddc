using FsCheck;
using FsCheck.Fluent;
using OptFm.Search.Text;
using OptFm.Search.Text.Russian;

namespace OptFm.Search.Tests.Text;

public sealed class RussianStemmerTests
{
    /// <summary>
    /// From the vocabulary published with the algorithm, https://snowballstem.org/algorithms/russian/stemmer.html and
    /// https://github.com/snowballstem/snowball-data/tree/master/russian: chosen so that each class of endings and each region is met.
    /// </summary>
    [Theory]
    [InlineData("в", "в")]
    [InlineData("вагон вагона вагоне вагонов вагоном вагоны", "вагон")]
    [InlineData("важная важнее важнейшие важнейшими важно важного важной важную важны важный важным важных", "важн")]
    [InlineData("важничал", "важнича")]
    [InlineData("важности важностию важность важностью", "важност")]
    [InlineData("вал вали валил валился валится валов", "вал")]
    [InlineData("валяется валялась валялись валялось валялся валять валяются", "валя")]
    [InlineData("валандался", "валанда")]
    [InlineData("вам вами", "вам")]
    [InlineData("мрак мрака мраке мраков мраком", "мрак")]
    [InlineData("мрачен мрачились мрачить", "мрач")]
    [InlineData("мрачна мрачная мрачнее мрачней мрачно мрачного мрачною мрачных", "мрачн")]
    [InlineData("мстил", "мстил")]
    [InlineData("мстителен мститель", "мстител")]
    [InlineData("мудр мудрая мудрено мудрил мудрить мудрые", "мудр")]
    [InlineData("мудреной мудреному мудреные", "мудрен")]
    [InlineData("мудрость", "мудрост")]
    [InlineData("мужества мужеством", "мужеств")]
    [InlineData("мужественно мужественного мужественности мужественность мужественный", "мужествен")]
    [InlineData("мужья мужьям мужьями мужу мужей", "муж")]
    [InlineData("мужичья", "мужич")]
    [InlineData("музыкальной музыкальный", "музыкальн")]
    [InlineData("музыкант музыкантам музыканты", "музыкант")]
    [InlineData("муравей муравьи", "мурав")]
    [InlineData("мурлыкающем", "мурлыка")]
    [InlineData("мурлычут", "мурлычут")]
    [InlineData("мучает мучаетесь мучаешься мучайся мучаю мучаюсь мучают", "муча")]
    [InlineData("мучась мучая мучаясь мучила мучились мучится мучиться мучишь мучусь", "муч")]
    [InlineData("мучат", "мучат")]
    [InlineData("мучение мучением мучений мученья мученьях", "мучен")]
    [InlineData("мучимый", "мучим")]
    [InlineData("мучительнейшее мучительны мучительною", "мучительн")]
    [InlineData("мчалась мчались", "мчал")]
    [InlineData("мчатся мчаться", "мчат")]
    [InlineData("мысленно мысленный", "мыслен")]
    [InlineData("мыслию мыслью мыслями мыслил мыслят", "мысл")]
    [InlineData("мыслящие мыслящим", "мысля")]
    [InlineData("мягкости мягкость мягкостью", "мягкост")]
    [InlineData("мягок", "мягок")]
    [InlineData("набегающих набегал набегают", "набега")]
    [InlineData("наберется", "наберет")]
    [InlineData("набит", "наб")]
    [InlineData("наблюдавший наблюдайте наблюдают", "наблюда")]
    [InlineData("наблюдая", "наблюд")]
    [InlineData("наблюдению наблюдениями", "наблюден")]
    [InlineData("наболевшие", "наболевш")]
    [InlineData("набравшуюся набрать набраться", "набра")]
    [InlineData("набросившись наброситься набросила", "наброс")]
    [InlineData("наваленные", "навален")]
    [InlineData("навеянной", "навея")]
    public void Forms_share_the_published_stem(string words, string stem) =>
        words.Split(' ').ShouldAllBe(word => RussianStemmer.Stem(word) == stem);

    [Fact]
    public void A_stem_of_anything_is_its_beginning() => Prop.ForAll(AnyText.Of, text =>
    {
        var word = Normalisation.Apply(text);
        return word.StartsWith(RussianStemmer.Stem(word), StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();
}
