using OptFm.Search.Classification;

namespace OptFm.Search.Tests.Classification;

public sealed class SmallTalkTests
{
    private static readonly string[] Openings = ["please tell me about", "question on", "i want", "how is", "hello, what of", "my friend asks about"];
    private static readonly string[] Topics = ["delivery", "refunds", "warranty", "invoices", "discounts", "pickup"];

    private static readonly LabelledText[] Examples =
        [.. Topics.SelectMany(topic => Openings.Select(opening => new LabelledText(topic, $"{opening} {topic}")))];

    [Theory]
    [InlineData("hello")]
    [InlineData("thanks a lot")]
    [InlineData("my name is peter")]
    public void Small_talk_has_no_answer(string text) => Build(Examples).Classify(text).IsAnswered.ShouldBeFalse();

    [Fact]
    public void Labels_may_answer_small_talk()
    {
        string[] greetings = ["hello", "hi there", "good morning", "hello there", "hi", "hey hello"];
        var classifier = Build([.. Examples, .. greetings.Select(text => new LabelledText("greeting", text))]);

        classifier.Classify("hello hi").Ranked[0].Label.ShouldBe("greeting");
        classifier.Classify("hello hi").Confidence.ShouldBeGreaterThan(Build(Examples).Classify("hello hi").Confidence);
    }

    [Fact]
    public void The_list_is_in_the_script_of_the_texts()
    {
        SmallTalk.For([["доставка", "usb"], ["оплата"]]).ShouldContain(words => words[0] == "привет");
        SmallTalk.For([["delivery"]]).ShouldContain(words => words[0] == "hello");
        SmallTalk.For([]).ShouldNotBeEmpty();
    }

    private static TextClassifier Build(LabelledText[] examples) => TextClassifier.Build(examples, new TextClassifierOptions(), new Random(3));
}
