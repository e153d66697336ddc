namespace OptFm.Server.Content;

/// <summary>What nodes share, as the tables and the commands call it.</summary>
internal static class ContentName
{
    public const string Faq = "faq";
    public const string Phrases = "phrases";
    public const string Price = "price";

    public static IReadOnlyList<string> All { get; } = [Faq, Phrases, Price];
}
