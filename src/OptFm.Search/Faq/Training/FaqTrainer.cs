using OptFm.Search.Text;
using OptFm.Search.Topics.Training;

namespace OptFm.Search.Faq.Training;

/// <summary>Fits the matcher's numbers to customers' messages; the same messages give the same numbers.</summary>
public static class FaqTrainer
{
    public static FaqTraining Train(IReadOnlyList<FaqEntry> entries, IReadOnlyList<CustomerMessage> messages)
    {
        var topics = new TopicTrainer(entries, messages);
        var fits = Array.ConvertAll(Circumstances(entries, messages, topics), FaqFit.Of);
        var figures = new Dictionary<string, HeldOutFigures>
        {
            ["entries without phrasings"] = fits[0].Figures(),
            ["entries with phrasings"] = fits[1].Figures(),
            ["foreign entries without phrasings"] = fits[2].Figures(),
            ["foreign entries with phrasings"] = fits[3].Figures(),
        };
        return new FaqTraining(Weights(fits), topics.Write(), figures);
    }

    /// <summary>Fits again without each part of the evidence in turn, with the same samples: what each part is worth.</summary>
    public static IEnumerable<AblatedTraining> Ablate(IReadOnlyList<FaqEntry> entries, IReadOnlyList<CustomerMessage> messages)
    {
        var circumstances = Circumstances(entries, messages, new TopicTrainer(entries, messages));
        foreach (var without in FaqAblation.All)
        {
            var fits = Array.ConvertAll(circumstances, sampled => FaqFit.Of(sampled, without));
            yield return new AblatedTraining(without.Name, Weights(fits), fits[0].Figures(), fits[1].Figures(), fits[2].Figures(), fits[3].Figures());
        }
    }

    /// <summary>The samples of each model of <see cref="FaqModels"/>, in its order.</summary>
    private static List<FaqSample>[] Circumstances(IReadOnlyList<FaqEntry> entries, IReadOnlyList<CustomerMessage> messages, TopicTrainer topics)
    {
        var samples = new FaqSamples(entries, messages, Lexicon.Russian(), topics);
        return [samples.Sparse(), samples.Dense(), samples.ForeignSparse(), samples.ForeignDense()];
    }

    private static string Weights(FaqFit[] fits) => new FaqModels(fits[0].Model, fits[1].Model, fits[2].Model, fits[3].Model).Write();
}
