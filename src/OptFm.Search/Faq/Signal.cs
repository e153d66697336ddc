namespace OptFm.Search.Faq;

/// <summary>What speaks for an entry, each 0 to 1. The order is that of a model's weights.</summary>
public enum Signal
{
    /// <summary>Highest tf-idf cosine with the question or a phrasing.</summary>
    QuestionCosine,

    /// <summary>Highest cosine with a keyword.</summary>
    KeywordCosine,

    /// <summary>Highest cosine with a line of the answer.</summary>
    AnswerCosine,

    /// <summary>Share of the query's weight found in the question and phrasings.</summary>
    QuestionCoverage,

    KeywordCoverage,

    AnswerCoverage,

    /// <summary>Share of the query's weight found anywhere in the entry.</summary>
    AnyCoverage,

    /// <summary>Largest share of a question's or phrasing's weight found in the query.</summary>
    QuestionContained,

    /// <summary>Largest share of a keyword's weight found in the query.</summary>
    KeywordContained,

    /// <summary>Highest character n-gram cosine with the question or a phrasing.</summary>
    QuestionNgrams,

    KeywordNgrams,

    AnswerNgrams,

    /// <summary>Share of the query's weight found in the entry as a whole, by BM25's term saturation.</summary>
    EntryBm25,

    /// <summary>Character n-gram cosine with the entry as a whole, so that many phrasings add up.</summary>
    EntryNgrams,

    /// <summary>The entry's share of the topics the query is about, on a logarithmic scale.</summary>
    Topic,
}
