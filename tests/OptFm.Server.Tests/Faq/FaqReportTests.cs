using System.Text;
using OptFm.Server.Faq;

namespace OptFm.Server.Tests.Faq;

public sealed class FaqReportTests
{
    private const string Good = """
        [{"id":1,"question":"Как оплатить заказ?","keywords":["оплата","счёт"],"answer":"По счёту: [сайт](https://shop.example/pay)."},
         {"id":2,"question":"Какие условия доставки?","keywords":["доставка","курьер"],"answer":"Привезём. Подробно на https://shop.example/ship"}]
        """;

    [Theory]
    [InlineData("Привезём.", "[сайт](https://)", "broken-link", "a link that is none: [сайт](https://)")]
    [InlineData("Привезём.", "[сайт] (https://shop.example)", "broken-link", "a link that is none")]
    [InlineData("Привезём.", "[сайт](shop.example", "broken-link", "a link that is none")]
    [InlineData("Привезём.", "[сайт](https://nohost/)", "broken-link", "without a host: https://nohost/")]
    [InlineData("Привезём.", "Смотрите https:///docs", "broken-link", "without a host")]
    [InlineData("Привезём.", "Смотрите http:/shop.example", "broken-link", "without a host")]
    [InlineData("\"id\":2", "\"id\":1", "refused", "repeats the id of entry 1")]
    [InlineData("\"id\":2", "\"id\":2,\"related\":[77]", "refused", "unknown id 77")]
    [InlineData("Какие условия доставки?", "как оплатить заказ", "repeated-phrasing", "also stands in entry 1")]
    [InlineData("Какие условия доставки?", "Как заказ оплатить можно?", "similar-entries", "all but the same as entry 1")]
    [InlineData("Подробно", "[x](y) Подробно", "broken-link", "[x](y)")]
    public void A_fault_is_named_with_its_place(string part, string fault, string kind, string said)
    {
        var report = Report(Good.Replace(part, fault, StringComparison.Ordinal));

        report.IsGood.ShouldBeFalse();
        var line = report.Lines.First(line => line.Kind == kind);
        line.Place.InEnglish.ShouldStartWith("faq.json, entry 2 (id ");
        line.Place.InEnglish.ShouldContain(said);
        line.Place.InRussian.ShouldStartWith("faq.json, запись 2 (id ");
    }

    [Fact]
    public void Advice_is_no_fault()
    {
        var report = Report(Good.Replace("\"id\":2", "\"id\":2,\"note\":\"для нас\"", StringComparison.Ordinal));

        report.IsGood.ShouldBeTrue();
        report.Lines.ShouldHaveSingleItem().Kind.ShouldBe("ignored");
    }

    [Fact]
    public void With_the_live_FAQ_at_hand_the_answer_of_before_is_told()
    {
        var live = FaqFile.Read("faq.json", Encoding.UTF8.GetBytes(Good)).Value.ShouldNotBeNull();
        var golden = GoldenFile.Read("golden.tsv", Encoding.UTF8.GetBytes("какие условия доставки\t2\n"));
        var changed = Good.Replace("Какие условия доставки?", "Ремонт?", StringComparison.Ordinal).Replace("\"доставка\",\"курьер\"", "\"починка\"", StringComparison.Ordinal);

        var failed = FaqReport.Of("faq.json", FaqFile.Read("faq.json", Encoding.UTF8.GetBytes(changed)), golden, live, CancellationToken.None).Failed.ShouldHaveSingleItem();

        (failed.Was, failed.IsBroken).ShouldBe(("2", true));
        failed.InRussian.ShouldStartWith("строка 1, «какие условия доставки»: ожидалось 2, было 2, стало");
    }

    private static FaqReport Report(string faq) => FaqReport.Of("faq.json", FaqFile.Read("faq.json", Encoding.UTF8.GetBytes(faq)), null, null, CancellationToken.None);
}
