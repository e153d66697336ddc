using System.Diagnostics;
using OptFm.Search.Faq;
using OptFm.Search.Products;

namespace OptFm.Search.Tests.HostileText;

/// <summary>Whatever is sent, there is an answer, and it costs no more than a long honest message.</summary>
public sealed class HostileTextTests
{
    private const int Runs = 7;
    private static readonly FaqMatcher Faq = FaqMatcher.Build(
    [
        new FaqEntry("pay", "Какие способы оплаты доступны?", ["оплата", "счёт", "карта"], "Оплата по счёту или картой."),
        new FaqEntry("ship", "Сколько стоит доставка и когда привезут?", ["доставка", "курьер", "самовывоз"], "Привезём бесплатно от 3 000 ₽."),
        new FaqEntry("back", "Как происходит возврат товара по гарантии?", ["возврат", "обмен", "брак"], "Возврат в течение 10 дней."),
    ]);

    private static readonly ProductSearch Shop = ProductSearch.Build(
    [
        new("К-00000101", "Дисплей совместим с iPhone 11 Pro + тачскрин черный", 2500, "2500", ["Магазин", "Дисплеи"], 1),
        new("К-00000102", "Дисплей совместим с Samsung Galaxy A51 SM-A515F черный", 1500, "1500", ["Магазин", "Дисплеи"], 2),
        new("К-00000103", "Аккумулятор EB-BA515ABY, совместим с Samsung", 390, "390", ["Магазин", "Аккумуляторы"], 3),
    ]);

    private static readonly (string Name, Action<string> Ask)[] Searches = [("FAQ", text => Faq.Match(text)), ("price list", text => Shop.Search(text))];

    public static TheoryData<string> Names => new(HostileTexts.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_answered_calmly(string name)
    {
        Faq.Match(HostileTexts.All[name]).Candidates.ShouldAllBe(candidate => candidate.Confidence >= 0 && candidate.Confidence <= 1);
        Shop.Search(HostileTexts.All[name]).Hits.Count.ShouldBeLessThanOrEqualTo(ProductSearch.MaxHits);
    }

    /// <summary>Memory is the measure of work that does not depend on what else the machine does.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Takes_no_more_memory_when_it_is_ten_times_longer(string name)
    {
        var text = HostileTexts.All[name] + HostileTexts.Ordinary.PadLeft(8200);
        var longer = text + string.Concat(Enumerable.Repeat(text, 9));

        foreach (var (search, ask) in Searches) Allocated(ask, longer).ShouldBeLessThanOrEqualTo((long)(Allocated(ask, text) * 1.05) + 4096, search);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Takes_a_bounded_multiple_of_the_work_of_a_long_honest_message(string name)
    {
        var honest = string.Join(' ', Enumerable.Repeat(HostileTexts.Ordinary, 40));

        foreach (var (search, ask) in Searches)
        {
            Allocated(ask, HostileTexts.All[name]).ShouldBeLessThan(8 * Allocated(ask, honest), search);
            Quickest(ask, HostileTexts.All[name]).ShouldBeLessThan(50 * Quickest(ask, honest), search);
        }
    }

    private static long Allocated(Action<string> ask, string text)
    {
        ask(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ask(text);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long Quickest(Action<string> ask, string text) => Enumerable.Range(0, Runs).Min(_ =>
    {
        var start = Stopwatch.GetTimestamp();
        ask(text);
        return Stopwatch.GetTimestamp() - start;
    });
}
