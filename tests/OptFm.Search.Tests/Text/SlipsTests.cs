using FsCheck;
using FsCheck.Fluent;
using OptFm.Search.Index;
using OptFm.Search.Text;

namespace OptFm.Search.Tests.Text;

public sealed class SlipsTests
{
    [Theory]
    [InlineData("забоать", "забрать", "забдать", "о and р are neighbours on the keyboard")]
    [InlineData("дотсавка", "доставка", "дотставка", "swapped letters are one slip")]
    [InlineData("гаронтия", "гарантия", "гарднтия", "о is heard as а")]
    [InlineData("зубп", "зубр", "зубы", "п and р are neighbours")]
    [InlineData("касса", "каса", "касба", "a letter doubled")]
    [InlineData("qill", "will", "mill", "q and w are neighbours")]
    public void The_likelier_slip_costs_less(string typed, string likelier, string other, string why) =>
        Slips.Cost(typed, likelier).ShouldBeLessThan(Slips.Cost(typed, other), why);

    [Theory]
    [InlineData('а', 'в', true)]
    [InlineData('а', 'п', true)]
    [InlineData('а', 'м', true)]
    [InlineData('а', 'к', true)]
    [InlineData('а', 'о', false)]
    [InlineData('q', 'w', true)]
    [InlineData('q', 'a', true)]
    [InlineData('q', 's', false)]
    [InlineData('я', 'q', false)]
    [InlineData('1', '2', false)]
    public void Keys_that_touch_are_neighbours(char a, char b, bool touch)
    {
        KeyboardLayout.AreNeighbours(a, b).ShouldBe(touch);
        KeyboardLayout.AreNeighbours(b, a).ShouldBe(touch);
    }

    [Fact]
    public void A_cost_is_the_same_both_ways_and_between_one_and_two_halves_an_edit() => Prop.ForAll(AnyText.Of, AnyText.Of, (a, b) =>
    {
        (a, b) = (a[..Math.Min(a.Length, 20)], b[..Math.Min(b.Length, 20)]);
        var cost = Slips.Cost(a, b);
        var edits = EditDistance.Between(a, b, 40);
        return cost == Slips.Cost(b, a) && cost >= edits && cost <= 2 * edits;
    }).QuickCheckThrowOnFailure();
}
