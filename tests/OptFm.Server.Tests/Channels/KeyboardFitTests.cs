using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Channels;

namespace OptFm.Server.Tests.Channels;

public class KeyboardFitTests
{
    private static readonly ChannelLimits Limits = new() { TextLength = 4000, ButtonsPerRow = 3, ButtonsPerRowWithLink = 2, KeyboardRows = 4, Buttons = 9, ButtonText = 8, PayloadBytes = 10 };

    [Fact]
    public void Wrong_buttons_are_left_out_and_the_others_stay() => Fit(
        [new("А", "a"), new("длинный груз", "12345678901"), new("кириллица", "кирилл"), new(" ", "b"), new("ни то ни сё"), new("и то и сё", "a", "https://a.b"), new("сайт", Url: "javascript:x")])
        .ShouldBe([["А"]]);

    [Fact]
    public void A_label_is_cut_between_graphemes() => Fit([new("Очень длинная", "a"), new("👩‍👩‍👧👩‍👩‍👧", "b")]).ShouldBe([["Очень д…", "…"]]);

    [Fact]
    public void A_row_that_is_too_wide_goes_on_in_the_next() =>
        Fit([.. "абвг".Select(c => new Button(c.ToString(), "x"))]).ShouldBe([["а", "б", "в"], ["г"]]);

    [Fact]
    public void A_row_with_a_link_is_narrower() =>
        Fit([new("а", "x"), new("б", "x"), new("в", Url: "https://a.b")]).ShouldBe([["а", "б"], ["в"]]);

    [Fact]
    public void Rows_and_buttons_are_counted() => Fit([.. Enumerable.Repeat(new Button("а", "x"), 50)]).Sum(r => r.Count).ShouldBe(9);

    [Fact]
    public void A_keyboard_without_buttons_is_none() => KeyboardFit.Fit(new Keyboard([[new("", "x")]]), Limits, NullLogger.Instance).ShouldBeNull();

    private static List<List<string>> Fit(params IReadOnlyList<Button> row) =>
        [.. KeyboardFit.Fit(new Keyboard([row]), Limits, NullLogger.Instance)!.Rows.Select(r => r.Select(b => b.Text).ToList())];
}
