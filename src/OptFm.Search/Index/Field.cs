namespace OptFm.Search.Index;

/// <summary>Which part of an entry a text is.</summary>
public enum Field
{
    /// <summary>The question and the other ways to ask it.</summary>
    Question,

    Keyword,

    /// <summary>One line of the answer.</summary>
    Answer,
}
