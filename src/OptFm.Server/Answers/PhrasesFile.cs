using System.Text.Json;
using OptFm.Search.Index;
using OptFm.Server.Faq;

namespace OptFm.Server.Answers;

/// <summary>Reads the bot's phrases and gathers everything that is wrong with them.</summary>
/// <remarks>
/// The file belongs to the shop and an upgrade never touches it. So a phrase that a newer version added is said in the bot's own words, and
/// one that it no longer has is passed over, each with a warning: an upgrade must not stop a bot.
/// </remarks>
public static class PhrasesFile
{
    private const int NearEnough = 3;

    public static FileReading<Phrases> Read(string file, ReadOnlyMemory<byte> bytes)
    {
        var problems = new List<FileProblem>();
        using var document = JsonText.Parse(file, bytes, problems);
        if (document is null) return new(null, problems, []);

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new(file, "must be an object of phrases: { \"start\": \"…\" }", "должен быть объектом с фразами: { \"start\": \"…\" }"));
            return new(null, problems, []);
        }

        var warnings = new List<FileProblem>();
        var texts = Texts(file, document.RootElement, problems, warnings);
        foreach (var phrase in PhraseList.All) Check(file, phrase, texts, problems, warnings);
        return new(problems.Count > 0 ? null : new Phrases(texts), problems, warnings);
    }

    private static Dictionary<string, string> Texts(string file, JsonElement root, List<FileProblem> problems, List<FileProblem> warnings)
    {
        var known = PhraseList.All.Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            var text = Decoded(property, out var name);
            void Fail(string english, string russian) => problems.Add(new(file, english, russian) { Field = name });

            if (!known.Contains(name))
                warnings.Add(new(file, "is unknown and not used" + Nearest(name, known, "did you mean"), "неизвестно и не используется" + Nearest(name, known, "возможно")) { Field = name });
            else if (!texts.TryAdd(name, text?.Trim() ?? "")) Fail("is written twice", "записано дважды");
            else if (text is null) Fail("must be text in quotes", "должно быть текстом в кавычках");
        }

        return texts;
    }

    private static void Check(string file, Phrase phrase, Dictionary<string, string> texts, List<FileProblem> problems, List<FileProblem> warnings)
    {
        void Fail(string english, string russian) => problems.Add(new(file, english, russian) { Field = phrase.Key });

        if (!texts.TryGetValue(phrase.Key, out var text))
        {
            texts[phrase.Key] = ShippedPhrases.Text(phrase);
            warnings.Add(new(file, "is missing: the bot uses its own words", "отсутствует: бот скажет своими словами") { Field = phrase.Key });
            return;
        }

        if (problems.Exists(p => p.Field == phrase.Key)) return;
        if (text.Length == 0) Fail("is empty", "пусто");
        if (text.Length > phrase.Longest) Fail($"is longer than {phrase.Longest} characters", $"длиннее {phrase.Longest} знаков");
        if (phrase.IsButton && text.Contains('\n')) Fail("must be one line, being a button", "должно быть в одну строку: это кнопка");

        var used = Phrases.Placeholders(text);
        foreach (var name in phrase.Placeholders.Except(used)) Fail($"lacks {{{name}}}", $"не содержит {{{name}}}");
        foreach (var name in used.Except([.. phrase.Placeholders, .. phrase.Optional]).Distinct())
            Fail($"has the unknown {{{name}}}", $"содержит неизвестное {{{name}}}");
    }

    /// <returns>The text, or null where it is none.</returns>
    private static string? Decoded(JsonProperty property, out string name)
    {
        name = "?";
        try
        {
            name = property.Name;
            return property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // Half of a surrogate pair, which System.Text.Json refuses to decode.
        }
    }

    private static string Nearest(string name, IEnumerable<string> known, string words)
    {
        var nearest = known.MinBy(k => EditDistance.Between(k, name, NearEnough + 1))!;
        return EditDistance.Between(nearest, name, NearEnough) <= NearEnough ? $" ({words} {nearest})" : "";
    }
}
