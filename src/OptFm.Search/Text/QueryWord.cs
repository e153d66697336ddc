namespace OptFm.Search.Text;

/// <summary>How a word of a query was understood.</summary>
public enum Repair
{
    None,
    Layout,
    Transliteration,
    Typo,

    /// <summary>A space left out or put in.</summary>
    Spacing,

    /// <summary>Nothing the index knows.</summary>
    Unknown,
}

/// <summary>One word of a query.</summary>
/// <param name="Typed">What the customer typed.</param>
/// <param name="Word">What it was understood as.</param>
/// <param name="Trust">How sure that is, 0 to 1.</param>
public sealed record QueryWord(string Typed, Word Word, Repair Repair, float Trust)
{
    /// <summary>Which sentence of the message it stands in, from 0.</summary>
    public int Sentence { get; init; }

    /// <summary>Whether that sentence ends with a question mark.</summary>
    public bool IsAsked { get; init; }
}
