using FsCheck;
using FsCheck.Fluent;
using OptFm.Search.Index;

namespace OptFm.Search.Tests.Index;

public sealed class FuzzyTermsTests
{
    private static readonly FuzzyTerms Terms = new(["доставка", "достаток", "оплата", "гарантийный", "чехол"]);

    [Theory]
    [InlineData("доставка", "доставка", 0)]
    [InlineData("дотсавка", "доставка", 1)]
    [InlineData("доставкаа", "доставка", 1)]
    [InlineData("полата", "оплата", 1)]
    [InlineData("аплата", "оплата", 1)]
    [InlineData("гарантийнный", "гарантийный", 1)]
    [InlineData("гаронтиный", "гарантийный", 2)]
    public void Finds_the_nearest_word(string typed, string expected, int distance) => Terms.Nearest(typed).ShouldBe((expected, distance));

    [Fact]
    public void Of_words_equally_near_the_likelier_slip_is_meant_then_the_more_frequent_word()
    {
        new FuzzyTerms(["гарандийный", "гарантийный"]).Nearest("гараньийный").ShouldBe(("гарантийный", 1));
        new FuzzyTerms(["скидка", "скитка"]).Nearest("скика").ShouldBe(("скидка", 1));
        new FuzzyTerms(["скитка", "скидка"]).Nearest("скика").ShouldBe(("скитка", 1));
    }

    [Fact]
    public void A_word_with_a_digit_is_never_misspelt() => Prop.ForAll<int, int>((place, digit) =>
    {
        var typed = "гарантийный".ToCharArray();
        typed[Math.Abs(place % typed.Length)] = (char)('0' + Math.Abs(digit % 10));
        return Terms.Nearest(new string(typed)) is null;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("чехл")]
    [InlineData("уплата")]
    [InlineData("дост4вка")]
    [InlineData("достапка")]
    [InlineData("вертолет")]
    [InlineData("")]
    public void Leaves_short_and_distant_words_alone(string typed) => Terms.Nearest(typed).ShouldBeNull();

    [Fact]
    public void Distance_is_the_same_both_ways_and_zero_only_for_the_same() => Prop.ForAll<string, string>((a, b) =>
    {
        (a, b) = (a ?? "", b ?? "");
        var distance = EditDistance.Between(a, b, 3);
        return distance == EditDistance.Between(b, a, 3) && (a.Length > 64 || b.Length > 64 || (distance == 0) == (a == b));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_lower_limit_cuts_the_distance_and_changes_nothing_else() => Prop.ForAll<int, int>((seed, limit) =>
    {
        var random = new Random(seed);
        var (a, b) = (Word(random), Word(random));
        limit = Math.Abs(limit % 4);
        return EditDistance.Between(a, b, limit) == Math.Min(EditDistance.Between(a, b, 20), limit + 1);
    }).QuickCheckThrowOnFailure();

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(9)).Select(_ => (char)('a' + random.Next(3))));

    [Theory]
    [InlineData("ab", "ba", 1)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "axc", 1)]
    [InlineData("abc", "", 3)]
    [InlineData("abcdef", "", 4)]
    public void Distance_counts_edits_and_swaps_up_to_the_limit(string a, string b, int distance) =>
        EditDistance.Between(a, b, 3).ShouldBe(distance);
}
