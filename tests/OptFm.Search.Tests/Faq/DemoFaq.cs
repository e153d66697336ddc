using System.Runtime.CompilerServices;
using System.Text.Json;
using OptFm.Search.Faq;

namespace OptFm.Search.Tests.Faq;

/// <summary>The repository's demo FAQ, read once.</summary>
internal static class DemoFaq
{
    public static IReadOnlyList<FaqEntry> Entries { get; } = Read();

    public static FaqMatcher Matcher { get; } = FaqMatcher.Build(Entries);

    public static FaqEntry Entry(string id) => Entries.Single(entry => entry.Id == id);

    private static List<FaqEntry> Read([CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "../../../data/faq.json");
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return [.. json.RootElement.EnumerateArray().Select(Entry)];
    }

    private static FaqEntry Entry(JsonElement entry) =>
        new(entry.GetProperty("id").ToString(), Text(entry, "question"), Texts(entry, "keywords"), Text(entry, "answer"))
        {
            Phrasings = Texts(entry, "phrasings"),
            Category = Text(entry, "category"),
            Related = Texts(entry, "related"),
        };

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString()!;

    private static string[] Texts(JsonElement entry, string name) => [.. entry.GetProperty(name).EnumerateArray().Select(item => item.ToString())];
}
