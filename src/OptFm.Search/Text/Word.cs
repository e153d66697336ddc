namespace OptFm.Search.Text;

/// <summary>One word of a text.</summary>
/// <param name="Text">As written, normalised.</param>
/// <param name="Stem">What forms of the same word share.</param>
/// <param name="IsWeak">A stop word: counts little.</param>
public readonly record struct Word(string Text, string Stem, bool IsWeak);
