namespace OptFm.Search.Faq;

/// <summary>What tells whether the first candidate is right. The order is that of a model's weights.</summary>
public enum Cue
{
    One,

    /// <summary>The ranking score of the candidate.</summary>
    Score,

    /// <summary>Its softmax share among all candidates.</summary>
    Share,

    /// <summary>Its lead over the best other candidate.</summary>
    Lead,

    /// <summary>Share of the query's weight found anywhere in the entry.</summary>
    Coverage,

    /// <summary>Share of the query's weight in words the FAQ does not know.</summary>
    Unknown,

    /// <summary>Highest word cosine with a question, phrasing or keyword.</summary>
    Nearest,

    /// <summary>Highest n-gram cosine with a question, phrasing or keyword.</summary>
    NearestNgrams,

    /// <summary>Logarithm of one plus the number of words that are not stop words.</summary>
    Length,

    /// <summary>Nothing but stop words.</summary>
    OnlyWeak,

    /// <summary>Share of the query's weight found in the questions or in the keywords, whichever is more.</summary>
    Asked,

    /// <summary>Largest share of a question's, phrasing's or keyword's weight found in the query.</summary>
    Contained,

    /// <summary>Coverage squared: the last missing word tells more than the first.</summary>
    CoverageSquared,

    /// <summary>Share of the query's weight in words on topics of their own, such as the weather, that the FAQ does not have.</summary>
    Foreign,

    /// <summary>The candidate's <see cref="Signal.Topic"/>.</summary>
    Topic,

    /// <summary>Share of topics that no entry covers.</summary>
    Elsewhere,

    /// <summary>Share of the query's most likely topic.</summary>
    TopicShare,

    /// <summary>Margin of the query's most likely topic.</summary>
    TopicMargin,

    /// <summary>Share of the query's weight in words that neither the FAQ nor the messages the topics were learnt from have.</summary>
    Strange,

    /// <summary>How near the query comes to being the question or a phrasing, word for word: 0 below a cosine of 0.9, 1 at 1.</summary>
    Exact,
}
