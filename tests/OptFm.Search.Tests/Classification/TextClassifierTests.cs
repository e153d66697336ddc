using FsCheck;
using FsCheck.Fluent;
using OptFm.Search.Classification;

namespace OptFm.Search.Tests.Classification;

public sealed class TextClassifierTests
{
    private static readonly string[] Openings = ["скажите", "подскажите", "добрый день", "а", "мне надо знать", "вопрос", "здравствуйте", "интересно"];
    private static readonly string[] Topics = ["доставка", "оплата", "возврат", "гарантия", "самовывоз", "прайс", "скидка", "реквизиты"];

    /// <summary>Every topic asked with every opening.</summary>
    private static readonly LabelledText[] Examples =
        [.. Topics.SelectMany(topic => Openings.Select(opening => new LabelledText(topic, $"{opening} {topic}")))];

    private static readonly TextClassifier Classifier = Build(3);

    [Fact]
    public void Answers_what_it_knows_in_other_words()
    {
        var found = Classifier.Classify("расскажите про доставку");

        found.Ranked[0].Label.ShouldBe("доставка");
        found.IsAnswered.ShouldBeTrue();
    }

    [Theory]
    [InlineData("погода в лондоне")]
    [InlineData("zzz qqq")]
    [InlineData("")]
    public void Is_silent_about_what_it_never_met(string text) => Classifier.Classify(text).IsAnswered.ShouldBeFalse();

    [Fact]
    public void Is_surer_of_what_it_knows_than_of_what_it_does_not() =>
        Classifier.Classify("скажите гарантия").Confidence.ShouldBeGreaterThan(Classifier.Classify("скажите погода").Confidence);

    [Fact]
    public void A_wrong_answer_that_costs_more_makes_it_more_careful() =>
        new TextClassifierOptions { CostOfWrong = 9 }.Threshold.ShouldBe(0.9, tolerance: 1e-9);

    [Fact]
    public void Examples_without_an_answer_are_never_an_answer()
    {
        var classifier = TextClassifier.Build([.. Examples, new(TextClassifier.NoAnswer, "погода в лондоне")], new TextClassifierOptions(), new Random(3));

        classifier.Labels.ShouldBe(Topics);
    }

    [Fact]
    public void The_same_seed_gives_the_same_classifier()
    {
        var other = Build(3);
        foreach (var text in new[] { "доставка", "вернуть и оплатить", "погода" })
            other.Classify(text).Confidence.ShouldBe(Classifier.Classify(text).Confidence);
    }

    [Fact]
    public void Any_text_gets_a_probability_and_a_short_ranking() => Prop.ForAll<string>(text =>
    {
        var found = Classifier.Classify(text ?? "");
        return found.Confidence is >= 0 and <= 1 && found.Ranked.Count is > 0 and <= 10 && found.Ranked.All(ranked => float.IsFinite(ranked.Score));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hostile_texts_do_no_harm()
    {
        foreach (var text in new[] { new string('а', 4000), string.Concat(Enumerable.Repeat("доставка ", 10_000)), "😀😀", "\ud800'; DROP TABLE--", "مرحبا (.*)+$ אבג" })
            Classifier.Classify(text).Confidence.ShouldBeInRange(0, 1);
    }

    [Fact]
    public void The_least_there_is_to_learn_from_is_one_text()
    {
        TextClassifier.Build([new("a", "текст")], new TextClassifierOptions(), new Random(1)).Classify("текст").Ranked[0].Label.ShouldBe("a");
        Should.Throw<ArgumentException>(() => TextClassifier.Build([new("-", "текст")], new TextClassifierOptions(), new Random(1)));
    }

    private static TextClassifier Build(int seed) => TextClassifier.Build(Examples, new TextClassifierOptions(), new Random(seed));
}
