namespace OptFm.Server.Answers;

/// <summary>One thing the bot says, as <c>data/phrases.ru.json</c> must have it.</summary>
/// <param name="Key">Its key in the file.</param>
/// <param name="Placeholders">Names that must stand in the text in braces, such as <c>{name}</c>.</param>
public sealed record Phrase(string Key, params IReadOnlyList<string> Placeholders)
{
    /// <summary>Names that may stand in the text.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>Longest text, in UTF-16 units.</summary>
    public int Longest { get; init; } = 3000;

    public static Phrase Button(string key) => new(key) { Longest = 64, IsButton = true };

    /// <summary>Whether it is a button's label: one line without markup.</summary>
    public bool IsButton { get; private init; }
}
