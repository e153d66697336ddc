using OptFm.Search.Faq;
using OptFm.Search.Faq.Audit;

namespace OptFm.Search.Tests.Faq;

public sealed class FaqAuditTests
{
    private static readonly FaqEntry Pay = new("pay", "Как оплатить заказ?", ["оплата", "счёт", "реквизиты"], "По счёту.") { Phrasings = ["картой можно заплатить?", "принимаете наличные"] };
    private static readonly FaqEntry Ship = new("ship", "Какие условия доставки?", ["доставка", "курьер"], "Привезём сами.") { Phrasings = ["сколько стоит доставка", "привезёте до двери?"] };
    private static readonly FaqEntry Back = new("back", "Как вернуть товар?", ["возврат", "обмен", "брак"], "Заполните бланк.") { Phrasings = ["хочу вернуть чехол", "пришёл бракованный дисплей"] };

    [Fact]
    public void Entries_that_keep_apart_have_no_problem() => Problems(Pay, Ship, Back).ShouldBeEmpty();

    [Fact]
    public void The_demo_has_no_problem() => Problems([.. DemoFaq.Entries]).ShouldBeEmpty();

    [Fact]
    public void The_same_question_in_other_words_is_a_near_duplicate()
    {
        var again = new FaqEntry("ship2", "Условия вашей доставки какие?", ["доставка"], "Довезём.");

        var finding = Problems(Pay, Ship, Back, again)[0];

        (finding.Kind, finding.Entry.Id, finding.Other!.Id).ShouldBe((FaqFindingKind.SimilarEntries, "ship2", "ship"));
    }

    [Fact]
    public void The_same_answer_twice_is_a_near_duplicate_too()
    {
        var again = Ship with { Id = "ship2", Question = "Доставка возможна?", Keywords = ["доставка курьером"], Phrasings = [] };

        Problems(Pay, Ship, Back, again).ShouldContain(finding => finding.Kind == FaqFindingKind.SimilarEntries && finding.Entry.Id == "ship2");
    }

    [Fact]
    public void A_phrasing_that_stands_twice_is_named_once()
    {
        var copied = Back with { Phrasings = [.. Back.Phrasings, "Сколько стоит доставка???"] };

        var finding = Problems(Pay, Ship, copied).ShouldHaveSingleItem();

        (finding.Kind, finding.Entry.Id, finding.Text).ShouldBe((FaqFindingKind.RepeatedPhrasing, "back", "Сколько стоит доставка???"));
    }

    [Fact]
    public void A_phrasing_in_the_wrong_entry_is_found_by_asking_without_it()
    {
        var entries = DemoFaq.Entries.Select(entry => entry.Id == "20" ? entry with { Phrasings = [.. entry.Phrasings, "какие условия бесплатной доставки"] } : entry);

        var finding = Problems([.. entries]).ShouldHaveSingleItem();

        (finding.Kind, finding.Entry.Id, finding.Other!.Id).ShouldBe((FaqFindingKind.StrayPhrasing, "20", "8"));
    }

    [Fact]
    public void An_entry_without_a_word_of_its_own_is_reached_by_nobody() =>
        Problems(Pay, Ship, Back, new FaqEntry("dark", "???", ["!"], "Ответ."))
            .ShouldHaveSingleItem().Kind.ShouldBe(FaqFindingKind.Unreachable);

    [Fact]
    public void An_entry_that_copies_another_word_for_word_is_never_reached() =>
        Problems(Pay, Ship, Back, Ship with { Id = "copy" }).ShouldContain(finding => finding.Kind == FaqFindingKind.Unreachable && finding.Entry.Id == "copy");

    [Fact]
    public void An_empty_faq_has_no_findings() => FaqAudit.Run([]).ShouldBeEmpty();

    private static List<FaqFinding> Problems(params FaqEntry[] entries) => [.. FaqAudit.Run(entries).Where(finding => finding.IsProblem)];
}
