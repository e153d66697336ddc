using OptFm.Server.Faq;

namespace OptFm.Server.Tests.Faq;

/// <summary>A shop changes its FAQ while the bot runs, with a golden file beside it.</summary>
public sealed class GoldenGateTests : IDisposable
{
    private const string Both = """[{"id":1,"question":"Как оплатить заказ?","keywords":["оплата"],"answer":"По счёту."},{"id":2,"question":"Какие условия доставки?","keywords":["доставка"],"answer":"Привезём."}]""";
    private const string Better = """[{"id":1,"question":"Как оплатить заказ?","keywords":["оплата"],"answer":"Картой."},{"id":2,"question":"Какие условия доставки?","keywords":["доставка"],"answer":"Привезём."}]""";
    private const string WithoutDelivery = """[{"id":1,"question":"Как оплатить заказ?","keywords":["оплата"],"answer":"По счёту."}]""";
    private readonly ShopFolder _shop = new();
    private readonly ToldLog _log = new();

    public GoldenGateTests()
    {
        File.WriteAllText(_shop.Faq, Both);
        File.WriteAllText(_shop.Golden, "как оплатить заказ\t1\nкакие условия доставки\t2\nкакая завтра погода\t-\n");
    }

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_change_that_breaks_a_golden_question_is_refused_with_the_difference()
    {
        using var library = await OpenAsync();

        await ChangeAsync(library, WithoutDelivery);

        library.Faq.Entries.Count.ShouldBe(2);
        _log.Told[0].ShouldContain("breaks 1 golden");
        _log.Told[1].ShouldContain("line 2, \"какие условия доставки\": expected 2, was 2, now no answer");
        _log.Told[1].ShouldContain("строка 2, «какие условия доставки»: ожидалось 2, было 2, стало без ответа");

        await ChangeAsync(library, Better);
        library.Faq.Entries[0].Answer.ShouldBe("Картой.");
    }

    [Fact]
    public async Task A_refused_change_goes_live_once_the_golden_file_allows_it()
    {
        using var library = await OpenAsync();
        await ChangeAsync(library, WithoutDelivery);

        File.WriteAllText(_shop.Golden, "как оплатить заказ\t1\nкакие условия доставки\t-\n");
        await library.ReloadAsync(CancellationToken.None);

        library.Faq.Entries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_refused_and_then_spoilt_never_goes_live()
    {
        using var library = await OpenAsync();
        await ChangeAsync(library, WithoutDelivery);
        await ChangeAsync(library, "[{]");

        File.Delete(_shop.Golden);
        await library.ReloadAsync(CancellationToken.None);

        library.Faq.Entries.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Force_takes_the_change_and_says_what_it_breaks()
    {
        using var library = await OpenAsync(_shop.Options with { Force = true });

        await ChangeAsync(library, WithoutDelivery);

        library.Faq.Entries.Count.ShouldBe(1);
        _log.Told[0].ShouldContain("FAQ_FORCE");
        _log.Told[1].ShouldContain("now no answer");
    }

    [Fact]
    public async Task A_first_start_with_a_failing_FAQ_warns_and_starts_and_is_not_held_against_later_changes()
    {
        File.WriteAllText(_shop.Faq, WithoutDelivery);
        using var library = await OpenAsync();

        _log.Told[0].ShouldContain("fails 1 of 3 golden questions");
        library.Faq.Entries.Count.ShouldBe(1);

        await ChangeAsync(library, WithoutDelivery.Replace("По счёту", "Картой"));
        library.Faq.Entries[0].Answer.ShouldBe("Картой.", "this change broke nothing");
    }

    [Fact]
    public async Task Without_a_golden_file_every_change_is_taken()
    {
        File.Delete(_shop.Golden);
        using var library = await OpenAsync();

        await ChangeAsync(library, WithoutDelivery);

        library.Faq.Entries.Count.ShouldBe(1);
        _log.Told.ShouldHaveSingleItem().ShouldContain("1 entries");
    }

    [Fact]
    public async Task A_broken_golden_file_lets_the_server_start_but_no_change_pass()
    {
        File.WriteAllText(_shop.Golden, "как оплатить заказ 1\n");
        using var library = await OpenAsync();
        _log.Told.ShouldHaveSingleItem().ShouldContain("line 1: there is no TAB");

        await ChangeAsync(library, Better);
        library.Faq.Entries[0].Answer.ShouldBe("По счёту.");
        _log.Told[^1].ShouldContain("cannot be checked");

        File.WriteAllText(_shop.Golden, "как оплатить заказ\t1\n");
        await library.ReloadAsync(CancellationToken.None);
        library.Faq.Entries[0].Answer.ShouldBe("Картой.");
    }

    [Fact]
    public async Task A_golden_file_spoilt_later_leaves_the_last_good_one_in_force()
    {
        using var library = await OpenAsync();
        File.WriteAllText(_shop.Golden, "мусор");

        await ChangeAsync(library, WithoutDelivery);

        library.Faq.Entries.Count.ShouldBe(2);
    }

    private async Task ChangeAsync(FaqLibrary library, string faq)
    {
        _log.Told.Clear();
        File.WriteAllText(_shop.Faq, faq);
        await library.ReloadAsync(CancellationToken.None);
    }

    private async Task<FaqLibrary> OpenAsync(FaqOptions? options = null) =>
        (await FaqLibrary.OpenAsync(options ?? _shop.Options, _log, TimeProvider.System, CancellationToken.None)).Value.ShouldNotBeNull();
}
