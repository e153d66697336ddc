namespace OptFm.Search.Classification;

/// <summary>Kinds of features. Each is scaled on its own, so that a kind of many features does not drown the others.</summary>
internal enum FeatureGroup
{
    /// <summary>Character n-grams within word boundaries, 2 to 5 characters with the boundaries.</summary>
    Characters,

    Words,

    WordPairs,

    Stems,

    StemPairs,

    /// <summary>The first five letters of longer words: a stem of the poor, which unlike a stemmer unites derivations.</summary>
    Prefixes,
}
