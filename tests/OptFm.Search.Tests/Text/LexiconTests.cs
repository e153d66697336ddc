using OptFm.Search.Text;

namespace OptFm.Search.Tests.Text;

public sealed class LexiconTests
{
    private static readonly Synonyms Synonyms = Synonyms.Parse("# comment\nоплата, рассчитаться\nчастное лицо, физлицо # slang\n\n");

    [Fact]
    public void Words_of_a_group_share_a_concept() => Concept("рассчитаться").ShouldBe(Concept("оплаты"));

    [Fact]
    public void A_phrase_counts_only_as_a_whole()
    {
        Concept("частные лица").ShouldBe(Concept("физлицам"));
        Synonyms.Find(TextAnalyzer.Read("лицо частное")).ShouldAllBe(concepts => concepts == null);
    }

    [Fact]
    public void The_shipped_lists_are_read()
    {
        var lexicon = Lexicon.Russian();

        lexicon.Synonyms.Count.ShouldBeGreaterThan(50);
        lexicon.IsGeneric(TextAnalyzer.ReadWord("сказать").Stem).ShouldBeTrue();
        lexicon.IsOther(TextAnalyzer.ReadWord("погоды").Stem).ShouldBeTrue();
    }

    private static int Concept(string text) => Synonyms.Find(TextAnalyzer.Read(text))[0]!.ShouldHaveSingleItem();
}
