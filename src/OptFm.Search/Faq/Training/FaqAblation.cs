namespace OptFm.Search.Faq.Training;

/// <summary>A part of the evidence to fit without, to learn what it is worth.</summary>
internal sealed record FaqAblation(string Name, IReadOnlyList<Signal> Signals, IReadOnlyList<Cue> Cues)
{
    public static FaqAblation Nothing { get; } = new("nothing", [], []);

    public static IReadOnlyList<FaqAblation> All { get; } =
    [
        Nothing,
        new("topics", [Signal.Topic], [Cue.Topic, Cue.Elsewhere, Cue.TopicShare, Cue.TopicMargin, Cue.Strange]),
        new("questions and phrasings", [Signal.QuestionCosine, Signal.QuestionCoverage, Signal.QuestionContained, Signal.QuestionNgrams], [Cue.Exact]),
        new("keywords", [Signal.KeywordCosine, Signal.KeywordCoverage, Signal.KeywordContained, Signal.KeywordNgrams], []),
        new("answers", [Signal.AnswerCosine, Signal.AnswerCoverage, Signal.AnswerNgrams], []),
        new("n-grams", [Signal.QuestionNgrams, Signal.KeywordNgrams, Signal.AnswerNgrams, Signal.EntryNgrams], [Cue.NearestNgrams]),
        new("whole entries", [Signal.AnyCoverage, Signal.EntryBm25, Signal.EntryNgrams], [Cue.Coverage, Cue.CoverageSquared]),
        new("words unknown or foreign", [], [Cue.Unknown, Cue.Strange, Cue.Foreign]),
        new("how much is explained", [], [Cue.Coverage, Cue.CoverageSquared, Cue.Asked, Cue.Contained, Cue.Nearest, Cue.NearestNgrams]),
        new("score, lead and share", [], [Cue.Score, Cue.Lead, Cue.Share]),
        new("length", [], [Cue.Length, Cue.OnlyWeak]),
    ];
}
