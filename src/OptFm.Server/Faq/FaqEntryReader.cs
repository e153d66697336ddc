using System.Text.Json;
using OptFm.Search.Faq;

namespace OptFm.Server.Faq;

/// <summary>Reads one entry of the FAQ; what is wrong goes to the lists, and the entry is then not to be used.</summary>
/// <param name="position">The entry's place in the list, from 1.</param>
internal sealed class FaqEntryReader(string file, int position, List<FileProblem> problems, List<FileProblem> warnings)
{
    private const int LongestId = 200;
    private const int LongestQuestion = 1000;
    private const int LongestAnswer = 20_000;
    private const int LongestWord = 300;
    private const int MostInList = 1000;

    private string? _id;

    public FaqEntry Read(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            Fail(null, "must be an object with id, question, keywords and answer", "должна быть объектом с полями id, question, keywords и answer");
            return new("", "", [], "");
        }

        var fields = Fields(entry);
        var id = Id(fields);
        return new(id, Text(fields, "question", LongestQuestion), Words(fields, "keywords", required: true), Text(fields, "answer", LongestAnswer))
        {
            Phrasings = Words(fields, "phrasings", required: false),
            Category = fields.ContainsKey("category") ? Text(fields, "category", LongestWord) : null,
            Related = Related(fields),
        };
    }

    private Dictionary<string, JsonElement> Fields(JsonElement entry)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in entry.EnumerateObject())
        {
            var name = Decoded(() => property.Name) ?? "?";
            if (name == "id") _id = Shown(property.Value);
            if (name is not ("id" or "question" or "keywords" or "answer" or "phrasings" or "category" or "related"))
                warnings.Add(Place(name, "is unknown and has no effect", "неизвестно и ни на что не влияет"));
            else if (!fields.TryAdd(name, property.Value))
                Fail(name, "is written twice", "записано дважды");
        }

        return fields;
    }

    private string Id(Dictionary<string, JsonElement> fields)
    {
        if (!fields.TryGetValue("id", out var value)) return Missing("id");
        if (AsId(value) is { } id) return id;

        Fail("id", $"must be a whole number or a text of 1 to {LongestId} characters", $"должно быть целым числом или текстом от 1 до {LongestId} знаков");
        return "";
    }

    private string Text(Dictionary<string, JsonElement> fields, string name, int longest)
    {
        if (!fields.TryGetValue(name, out var value)) return Missing(name);
        return Text(value, name, longest);
    }

    private string Text(JsonElement value, string name, int longest)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Fail(name, "must be text in quotes", "должно быть текстом в кавычках");
            return "";
        }

        var text = Decoded(value.GetString)?.Trim();
        if (text is null) Fail(name, "has a broken \\u character", "содержит повреждённый символ \\u");
        else if (text.Length == 0) Fail(name, "is empty", "пусто");
        else if (text.Length > longest) Fail(name, $"is longer than {longest} characters", $"длиннее {longest} знаков");
        return text ?? "";
    }

    private IReadOnlyList<string> Words(Dictionary<string, JsonElement> fields, string name, bool required)
    {
        if (!fields.TryGetValue(name, out var value)) return required ? [Missing(name)] : [];
        if (!IsList(value, name)) return [];
        return [.. value.EnumerateArray().Select(word => Text(word, name, LongestWord))];
    }

    private IReadOnlyList<string> Related(Dictionary<string, JsonElement> fields)
    {
        if (!fields.TryGetValue("related", out var value) || !IsList(value, "related")) return [];

        var ids = value.EnumerateArray().Select(AsId).ToList();
        if (ids.Contains(null)) Fail("related", "must list ids: numbers or texts", "должно перечислять id: числа или тексты");
        return [.. ids.OfType<string>()];
    }

    private bool IsList(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= MostInList) return true;

        Fail(name, $"must be a list of at most {MostInList}", $"должно быть списком не длиннее {MostInList}");
        return false;
    }

    private static string? AsId(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number) return value.TryGetInt64(out var number) ? $"{number}" : null;
        if (value.ValueKind != JsonValueKind.String) return null;

        var text = Decoded(value.GetString)?.Trim();
        return text is { Length: > 0 and <= LongestId } ? text : null;
    }

    /// <summary>For messages: short enough to read.</summary>
    private static string? Shown(JsonElement id) => AsId(id) is { } text ? text[..Math.Min(text.Length, 40)] : null;

    /// <returns>Null where the text has half of a surrogate pair, which System.Text.Json refuses to decode.</returns>
    private static string? Decoded(Func<string?> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private string Missing(string name)
    {
        Fail(name, "is missing", "отсутствует");
        return "";
    }

    private void Fail(string? field, string english, string russian) => problems.Add(Place(field, english, russian));

    private FileProblem Place(string? field, string english, string russian) =>
        new(file, english, russian) { Entry = position, Id = _id, Field = field };
}
