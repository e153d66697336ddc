namespace OptFm.Search.Classification;

/// <summary>Kinds of features. Each is scaled on its own, so that a kind of many features does not drown the others.</summary>
/// <remarks>Words as they are, pairs of them and their first five letters were worth nothing beside stems and n-grams, so they are not here.</remarks>
internal enum FeatureGroup
{
    /// <summary>Character n-grams within word boundaries, 2 to 5 characters with the boundaries.</summary>
    Characters,

    Stems,

    /// <summary>A stem and the next one; the first stem of a text is paired with its beginning.</summary>
    StemPairs,

    /// <summary>Two stems near each other in either order, "cancel … order": what a quadratic kernel would add.</summary>
    Companions,
}
