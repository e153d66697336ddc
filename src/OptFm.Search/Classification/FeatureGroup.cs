namespace OptFm.Search.Classification;

/// <summary>
/// Kinds of features. Each is scaled on its own, so that a kind of many features does not drown the others. The numbers are part of the
/// codes that <see cref="LinearClassifierFile"/> holds; 2 is spare.
/// </summary>
internal enum FeatureGroup
{
    /// <summary>Character n-grams within word boundaries.</summary>
    Characters = 0,

    /// <summary>Groups of words near in meaning: <see cref="Classification.Concepts"/>.</summary>
    Concepts = 1,

    Stems = 3,

    /// <summary>A stem and the next one; the first stem of a text is paired with its beginning.</summary>
    StemPairs = 4,

    /// <summary>Two stems near each other in either order, "cancel … order": what a quadratic kernel would add.</summary>
    Companions = 5,
}
