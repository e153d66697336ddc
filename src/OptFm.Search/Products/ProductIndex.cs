using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>An immutable inverted index of a price list.</summary>
internal sealed class ProductIndex
{
    public required IReadOnlyList<Product> Products { get; init; }

    /// <summary>By product; doubles, which hold kopecks exactly and compare at once.</summary>
    public required double[] Prices { get; init; }

    /// <summary>Numbers of terms: stems, Latin words, numbers, models, measures and concepts of synonyms.</summary>
    public required Dictionary<string, int> Terms { get; init; }

    /// <summary>By term: product shifted left by 8, or its <see cref="Zone"/>s; sorted.</summary>
    public required PackedLists Postings { get; init; }

    /// <summary>Inverse document frequency, by term.</summary>
    public required float[] Idf { get; init; }

    /// <summary>Whether a term tells a model from its sister, as Pro does.</summary>
    public required bool[] IsVariant { get; init; }

    /// <summary>Whether a term mostly says what goods fit, as brands and series of phones do.</summary>
    public required bool[] IsSeries { get; init; }

    /// <summary>Whether a term mostly says what things are, as "чехол" does and "черный" does not.</summary>
    public required bool[] IsThing { get; init; }

    /// <summary>The whole word's term, by stem that names cut short with a full stop.</summary>
    public required IReadOnlyDictionary<string, int> Abbreviations { get; init; }

    public required string?[] Colours { get; init; }

    /// <summary>By product: the terms of each segment of its name, segments parted by -1.</summary>
    public required PackedLists Segments { get; init; }

    /// <summary>By product: whether its name says what it fits.</summary>
    public required bool[] Fits { get; init; }

    /// <summary>By product: the nouns that say what it is, each with its synonyms' concepts, parted by -1.</summary>
    public required PackedLists Heads { get; init; }

    public required ProductVocabulary Vocabulary { get; init; }

    public required Synonyms Synonyms { get; init; }

    public required ProductCodes Codes { get; init; }

    public int? Find(string term) => Terms.TryGetValue(term, out var id) ? id : null;
}
