namespace OptFm.Search.Text;

/// <summary>One word of a text.</summary>
/// <remarks>A class, as is all that lists here hold: code for lists of structs is not compiled ahead, which a start would pay for.</remarks>
/// <param name="Text">As written, normalised.</param>
/// <param name="Stem">What forms of the same word share.</param>
/// <param name="IsWeak">A stop word: counts little.</param>
public sealed record Word(string Text, string Stem, bool IsWeak);
