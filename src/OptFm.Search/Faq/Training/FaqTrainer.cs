using OptFm.Search.Text;
using OptFm.Search.Topics.Training;

namespace OptFm.Search.Faq.Training;

/// <summary>Fits the matcher's numbers to customers' messages; the same messages give the same numbers.</summary>
public static class FaqTrainer
{
    public static FaqTraining Train(IReadOnlyList<FaqEntry> entries, IReadOnlyList<CustomerMessage> messages)
    {
        var topics = new TopicTrainer(entries, messages);
        var samples = new FaqSamples(entries, messages, Lexicon.Russian(), topics);
        var sparse = FaqFit.Of(samples.Sparse());
        var dense = FaqFit.Of(samples.Dense());
        var foreignSparse = FaqFit.Of(samples.ForeignSparse());
        var foreignDense = FaqFit.Of(samples.ForeignDense());
        var models = new FaqModels(sparse.Model, dense.Model, foreignSparse.Model, foreignDense.Model);
        var figures = new Dictionary<string, HeldOutFigures>
        {
            ["entries without phrasings"] = sparse.Figures(),
            ["entries with phrasings"] = dense.Figures(),
            ["foreign entries without phrasings"] = foreignSparse.Figures(),
            ["foreign entries with phrasings"] = foreignDense.Figures(),
        };
        return new FaqTraining(models.Write(), topics.Write(), figures);
    }

    /// <summary>Fits again without each part of the evidence in turn, with the same samples: what each part is worth.</summary>
    public static IEnumerable<AblatedTraining> Ablate(IReadOnlyList<FaqEntry> entries, IReadOnlyList<CustomerMessage> messages)
    {
        var samples = new FaqSamples(entries, messages, Lexicon.Russian(), new TopicTrainer(entries, messages));
        List<FaqSample>[] circumstances = [samples.Sparse(), samples.Dense(), samples.ForeignSparse(), samples.ForeignDense()];
        foreach (var without in FaqAblation.All)
        {
            var fits = Array.ConvertAll(circumstances, sampled => FaqFit.Of(sampled, without));
            var models = new FaqModels(fits[0].Model, fits[1].Model, fits[2].Model, fits[3].Model);
            yield return new AblatedTraining(without.Name, models.Write(), fits[0].Figures(), fits[1].Figures(), fits[2].Figures(), fits[3].Figures());
        }
    }
}
