using OptFm.Search.Faq.Training;
using OptFm.Search.Text;

namespace OptFm.Search.Products.Training;

/// <summary>How the fitted confidence does on the fold it did not see.</summary>
/// <param name="Right">Of the searches with a right product, those answered with one, in per cent.</param>
/// <param name="Wrong">Those answered with another.</param>
/// <param name="InVain">Of the searches with none, those answered.</param>
public sealed record PriceTraining(string Weights, double Right, double Wrong, double InVain);

/// <summary>
/// Fits the confidence of price searches to searches made out of a list: a logistic regression on whether the first product is right.
/// A fifth of the searches is held out and measured.
/// </summary>
public static class ProductTrainer
{
    private const int Queries = 12_000;
    private const int Folds = 5;
    private const double Penalty = 0.001;
    private const double Step = 0.3;

    /// <param name="questions">Messages that no product answers.</param>
    /// <param name="random">Seeded, so that training can be rerun.</param>
    public static PriceTraining Train(IReadOnlyList<Product> products, IReadOnlyList<string> questions, Random random)
    {
        var search = ProductSearch.Build(products);
        var made = new ProductQueries(products, Shipped.Read("synonyms.price.ru.txt"), questions, [.. Lexicon.Russian().Other.Select(word => word.Text), "смартфон", "телефон", "планшет", "ноутбук"], random);
        var samples = new List<(float[] Cues, bool IsRight, bool HasRight)>();
        foreach (var query in made.Make(Queries))
        {
            if (search.Observe(query.Text) is not var (cues, first)) continue;
            if (query.IsQuestion && cues[(int)ProductCue.Missing] == 0) continue; // "флешка 64 гб" asks this list well.
            samples.Add((cues, ProductQueries.IsRight(query, first), query.Words.Count > 0));
        }

        var seen = samples.Where((_, i) => i % Folds != 0).ToList();
        var weights = Logistic.Fit(current => Gradient(seen, current), Step, [0, .. Enumerable.Repeat(Penalty, ProductCues.Count - 1)], false);
        return Measure(new ProductModel(weights), [.. samples.Where((_, i) => i % Folds == 0)]);
    }

    private static double[] Gradient(List<(float[] Cues, bool IsRight, bool HasRight)> samples, double[] weights)
    {
        var gradient = new double[weights.Length];
        foreach (var (cues, isRight, _) in samples)
        {
            double sum = 0;
            for (var k = 0; k < weights.Length; k++) sum += weights[k] * cues[k];
            var error = ((isRight ? 1 : 0) - (1 / (1 + Math.Exp(-sum)))) / samples.Count;
            for (var k = 0; k < weights.Length; k++) gradient[k] += error * cues[k];
        }

        return gradient;
    }

    private static PriceTraining Measure(ProductModel model, List<(float[] Cues, bool IsRight, bool HasRight)> unseen)
    {
        var some = unseen.Where(sample => sample.HasRight).ToList();
        var none = unseen.Where(sample => !sample.HasRight).ToList();
        bool Answers((float[] Cues, bool IsRight, bool HasRight) sample) => model.Confidence(sample.Cues) >= ProductModel.AnswerAt;
        double Share(List<(float[] Cues, bool IsRight, bool HasRight)> of, Func<(float[] Cues, bool IsRight, bool HasRight), bool> counts) =>
            of.Count == 0 ? 0 : Math.Round(100.0 * of.Count(counts) / of.Count, 1);
        return new(model.Write(), Share(some, s => Answers(s) && s.IsRight), Share(some, s => Answers(s) && !s.IsRight), Share(none, Answers));
    }
}
