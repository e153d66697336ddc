namespace OptFm.Search.Index;

/// <summary>An immutable inverted index of short texts, each part of an entry. Terms are stems or concepts.</summary>
internal sealed class TextIndex
{
    public required int EntryCount { get; init; }

    /// <summary>The entry each text belongs to.</summary>
    public required int[] Entry { get; init; }

    public required Field[] Field { get; init; }

    /// <summary>Euclidean length of each text's word weights.</summary>
    public required float[] Norm { get; init; }

    /// <summary>Sum of each text's word weights.</summary>
    public required float[] Mass { get; init; }

    /// <summary>Postings by stem.</summary>
    public required Dictionary<string, PostingList> Stems { get; init; }

    /// <summary>Postings by concept number.</summary>
    public required PostingList[] Concepts { get; init; }

    /// <summary>Entries by stem, with BM25's saturated frequency of the stem in the whole entry, 0 to 1.</summary>
    public required Dictionary<string, PostingList> EntryStems { get; init; }

    /// <summary>The same by concept number.</summary>
    public required PostingList[] EntryConcepts { get; init; }

    /// <summary>Inverse document frequency over entries, by stem.</summary>
    public required Dictionary<string, float> Idf { get; init; }

    public required float[] ConceptIdf { get; init; }

    /// <summary>What a word no entry has weighs.</summary>
    public required float UnknownIdf { get; init; }
}
