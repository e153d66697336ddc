using OptFm.Search.Text;

namespace OptFm.Search.Faq;

/// <summary>Which part of an entry a word was found in.</summary>
public enum FaqPart
{
    Question,
    Phrasing,
    Keyword,
    Answer,
}

/// <summary>A word of a question, and where an entry has it.</summary>
/// <param name="Typed">What the customer typed, normalised.</param>
/// <param name="Understood">What it was taken for; the same where nothing was repaired.</param>
/// <param name="IsWeak">A stop word: counts little.</param>
/// <param name="Places">At most one of each part, in the order of the parts; empty where the entry lacks the word.</param>
public sealed record FaqWord(string Typed, string Understood, Repair Repair, bool IsWeak, IReadOnlyList<FaqWordPlace> Places);

/// <summary>Where an entry has a word.</summary>
/// <param name="Text">The question, phrasing, keyword or line of the answer it stands in, as written.</param>
/// <param name="Word">The entry's own word, normalised.</param>
/// <param name="IsSynonym">Whether that is another word for the same.</param>
public sealed record FaqWordPlace(FaqPart Part, string Text, string Word, bool IsSynonym);
