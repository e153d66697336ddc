using FsCheck;
using FsCheck.Fluent;
using OptFm.Search.Text.English;

namespace OptFm.Search.Tests.Text;

public sealed class EnglishStemmerTests
{
    /// <summary>From the sample vocabulary published with the algorithm.</summary>
    [Theory]
    [InlineData("consigned consigning consignment", "consign")]
    [InlineData("consisted consistency consistent consistently consisting consists", "consist")]
    [InlineData("consolation consolations console consoled consoles consoling consolingly consols", "consol")]
    [InlineData("consolatory", "consolatori")]
    [InlineData("consolidate consolidated consolidating", "consolid")]
    [InlineData("conspicuous conspicuously", "conspicu")]
    [InlineData("conspiracy", "conspiraci")]
    [InlineData("conspirator conspirators conspire conspired conspiring", "conspir")]
    [InlineData("constance constancy", "constanc")]
    [InlineData("kneaded kneading", "knead")]
    [InlineData("knackeries", "knackeri")]
    [InlineData("knitted knitting knits", "knit")]
    [InlineData("knives", "knive")]
    [InlineData("knocker knockers", "knocker")]
    [InlineData("knightly", "knight")]
    public void Forms_share_the_published_stem(string words, string stem) =>
        words.Split(' ').ShouldAllBe(word => EnglishStemmer.Stem(word) == stem);

    [Theory]
    [InlineData("caresses", "caress")]
    [InlineData("ties", "tie")]
    [InlineData("cries", "cri")]
    [InlineData("gas", "gas")]
    [InlineData("gaps", "gap")]
    [InlineData("agreed", "agre")]
    [InlineData("feed", "feed")]
    [InlineData("luxuriated", "luxuri")]
    [InlineData("hopping", "hop")]
    [InlineData("hoping", "hope")]
    [InlineData("by", "by")]
    [InlineData("say", "say")]
    [InlineData("generate", "generat")]
    [InlineData("communism", "communism")]
    [InlineData("relational", "relat")]
    [InlineData("analogies", "analog")]
    [InlineData("hopefulness", "hope")]
    [InlineData("adjustment", "adjust")]
    [InlineData("adoption", "adopt")]
    [InlineData("controlled", "control")]
    [InlineData("roll", "roll")]
    [InlineData("news", "news")]
    [InlineData("skies", "sky")]
    [InlineData("succeeding", "succeed")]
    [InlineData("youth", "youth")]
    public void Follows_the_rules(string word, string stem) => EnglishStemmer.Stem(word).ShouldBe(stem);

    [Fact]
    public void A_stem_of_anything_is_no_longer_than_the_word() => Prop.ForAll<string>(text =>
    {
        var word = (text ?? "").ToLowerInvariant();
        return EnglishStemmer.Stem(word).Length <= word.Length;
    }).QuickCheckThrowOnFailure();
}
