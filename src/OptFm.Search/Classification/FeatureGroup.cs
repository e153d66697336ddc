namespace OptFm.Search.Classification;

/// <summary>Kinds of features. Each is scaled on its own, so that a kind of many features does not drown the others.</summary>
internal enum FeatureGroup
{
    /// <summary>Character n-grams within word boundaries.</summary>
    Characters,

    Words,

    WordPairs,

    Stems,

    /// <summary>A stem and the next one; the first stem of a text is paired with its beginning.</summary>
    StemPairs,

    /// <summary>Two stems near each other in either order, "cancel … order": what a quadratic kernel would add.</summary>
    Companions,
}
