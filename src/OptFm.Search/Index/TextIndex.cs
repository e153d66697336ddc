namespace OptFm.Search.Index;

/// <summary>An immutable inverted index of short texts, each part of an entry. Terms are stems or concepts.</summary>
internal sealed class TextIndex
{
    public required int EntryCount { get; init; }

    /// <summary>The first text of each entry, and the end.</summary>
    public required int[] FirstText { get; init; }

    public required Field[] Field { get; init; }

    /// <summary>Euclidean length of each text's word weights.</summary>
    public required float[] Norm { get; init; }

    /// <summary>Sum of each text's word weights.</summary>
    public required float[] Mass { get; init; }

    /// <summary>The number of each stem.</summary>
    public required Dictionary<string, int> Stems { get; init; }

    /// <summary>Texts by stem.</summary>
    public required Postings StemTexts { get; init; }

    public required Postings ConceptTexts { get; init; }

    /// <summary>Entries by stem, with BM25's saturated frequency of the stem in the whole entry, 0 to 1.</summary>
    public required Postings StemEntries { get; init; }

    public required Postings ConceptEntries { get; init; }

    /// <summary>Inverse document frequency over entries, by stem.</summary>
    public required float[] StemIdf { get; init; }

    public required float[] ConceptIdf { get; init; }

    /// <summary>What a word no entry has weighs.</summary>
    public required float UnknownIdf { get; init; }
}
