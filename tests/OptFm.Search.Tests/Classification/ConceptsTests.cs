using OptFm.Search.Classification;

namespace OptFm.Search.Tests.Classification;

public sealed class ConceptsTests
{
    [Fact]
    public void Words_of_a_line_share_a_group_whatever_their_form()
    {
        var concepts = Concepts.Parse("# a remark\n\nrefund reimburse\nlose lost\nlost stolen\n");

        Groups(concepts, "reimbursed").ShouldBe(Groups(concepts, "refunds"));
        Groups(concepts, "lost").Length.ShouldBe(2);
        Groups(concepts, "remark").ShouldBeEmpty();
    }

    [Fact]
    public void A_word_never_met_borrows_from_its_neighbours()
    {
        LabelledText[] examples = [new("refund", "please refund this"), new("cancel", "please cancel this"), new("address", "please note my address")];
        var classifier = TextClassifier.Build(examples, new TextClassifierOptions(), new Random(5));

        classifier.Classify("reimburse").Ranked[0].Label.ShouldBe("refund");
        classifier.Classify("abort").Ranked[0].Label.ShouldBe("cancel");
    }

    private static uint[] Groups(Concepts concepts, string word) => concepts.Of(FeatureReader.StemCode(word)).ToArray();
}
