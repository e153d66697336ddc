using FsCheck;
using FsCheck.Fluent;
using OptFm.Search.Classification;

namespace OptFm.Search.Tests.Classification;

public sealed class LinearClassifierTests
{
    private static readonly LabelledText[] Examples =
    [
        new("delivery", "сколько стоит доставка"),
        new("delivery", "доставка в казань"),
        new("delivery", "есть ли доставка курьером"),
        new("payment", "сколько стоит оплата"),
        new("payment", "оплата картой"),
        new("payment", "есть ли оплата по счёту"),
        new("returns", "возврат товара"),
        new("returns", "how do i return an item"),
    ];

    [Theory]
    [InlineData("какая у вас доставка", "delivery")]
    [InlineData("доставку в омск", "delivery")]
    [InlineData("а оплатить наличными", "payment")]
    [InlineData("returning items", "returns")]
    public void A_label_told_by_one_word_is_learnt(string text, string label) => Best(Train(1), text).ShouldBe(label);

    [Fact]
    public void The_same_seed_gives_the_same_scores()
    {
        var (one, other) = (Train(5), Train(5));
        Examples.ShouldAllBe(example => Scores(one, example.Text).SequenceEqual(Scores(other, example.Text)));
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        var classifier = Train(1);

        var read = Copy(classifier);

        read.Labels.ShouldBe(classifier.Labels);
        foreach (var (text, _) in Examples.Select(example => (example.Text, example.Label)))
            Scores(read, text).Zip(Scores(classifier, text)).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 0.03);
    }

    [Fact]
    public void Fewer_weights_take_fewer_bytes_and_still_tell_labels_apart()
    {
        var classifier = Train(1);
        using var whole = Written(classifier);
        using var part = Written(classifier, 100);

        part.Length.ShouldBeLessThan(whole.Length / 2);
        Best(LinearClassifier.Read(part), "какая у вас доставка").ShouldBe("delivery");
    }

    [Fact]
    public void A_file_cut_short_or_of_another_kind_is_refused()
    {
        using var written = Written(Train(1));
        var bytes = written.ToArray();

        for (var length = 0; length < bytes.Length; length += 97)
            Should.Throw<InvalidDataException>(() => LinearClassifier.Read(new MemoryStream(bytes, 0, length)));
        Should.Throw<InvalidDataException>(() => LinearClassifier.Read(new MemoryStream(new byte[5000])));
    }

    [Fact]
    public void A_damaged_file_is_refused_or_read_but_never_breaks_the_reader()
    {
        using var written = Written(Train(1));
        var bytes = written.ToArray();
        Prop.ForAll<int, byte>((at, value) =>
        {
            var damaged = (byte[])bytes.Clone();
            damaged[(int)((uint)at % (uint)damaged.Length)] = value;
            try
            {
                Scores(LinearClassifier.Read(new MemoryStream(damaged)), "доставка");
            }
            catch (InvalidDataException)
            {
                // What a reader of damaged bytes should say.
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Scores_of_any_text_are_finite_and_bounded()
    {
        var classifier = Train(1);
        Prop.ForAll<string>(text => Scores(classifier, text ?? "").All(score => Math.Abs(score) < 100)).QuickCheckThrowOnFailure();
        foreach (var text in new[] { "", " ", "😀😀", new string('а', 4000), string.Join(' ', Enumerable.Repeat("доставка", 10_000)), "\ud800\udfff'; DROP--", "مرحبا доставка" })
            Scores(classifier, text).ShouldAllBe(score => Math.Abs(score) < 100);
    }

    [Fact]
    public void One_label_alone_can_be_trained() => Best(LinearClassifier.Train([new("a", "текст")], new LinearOptions(), new Random(1)), "текст").ShouldBe("a");

    [Fact]
    public void Nothing_to_learn_from_is_an_error() =>
        Should.Throw<ArgumentException>(() => LinearClassifier.Train([], new LinearOptions(), new Random(1)));

    private static LinearClassifier Train(int seed) => LinearClassifier.Train(Examples, new LinearOptions(), new Random(seed));

    private static float[] Scores(LinearClassifier classifier, string text)
    {
        var scores = new float[classifier.Labels.Count];
        classifier.Score(text, scores);
        return scores;
    }

    private static string Best(LinearClassifier classifier, string text)
    {
        var scores = Scores(classifier, text);
        return classifier.Labels[Array.IndexOf(scores, scores.Max())];
    }

    private static MemoryStream Written(LinearClassifier classifier, int mostWeights = int.MaxValue)
    {
        var stream = new MemoryStream();
        classifier.Write(stream, mostWeights);
        stream.Position = 0;
        return stream;
    }

    private static LinearClassifier Copy(LinearClassifier classifier)
    {
        using var stream = Written(classifier);
        return LinearClassifier.Read(stream);
    }
}
