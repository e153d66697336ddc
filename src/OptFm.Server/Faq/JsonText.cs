using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace OptFm.Server.Faq;

/// <summary>Reads JSON that a person edits: forgives comments and trailing commas, and says where the rest went wrong.</summary>
public static class JsonText
{
    /// <summary>Longest file, in bytes.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <returns>Null with one problem added where the bytes are no JSON.</returns>
    public static JsonDocument? Parse(string file, ReadOnlyMemory<byte> bytes, List<FileProblem> problems)
    {
        if (Refusal(file, bytes.Span) is { } refusal)
        {
            problems.Add(refusal);
            return null;
        }

        var text = bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        try
        {
            return JsonDocument.Parse(text, Options);
        }
        catch (JsonException wrong)
        {
            problems.Add(Misplaced(file, text.Span, wrong));
            return null;
        }
    }

    private static FileProblem? Refusal(string file, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes)
            return new(file, $"is larger than {MostBytes / 1024 / 1024} MB", $"больше {MostBytes / 1024 / 1024} МБ");
        if (!Utf8.IsValid(bytes))
            return new(file, "is not in UTF-8; save it in that encoding", "не в кодировке UTF-8; сохраните файл в ней");
        if (Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 1024)]).AsSpan().Trim('\uFEFF').IsWhiteSpace() && bytes.Length <= 1024)
            return new(file, "is empty", "пуст");
        return null;
    }

    private static FileProblem Misplaced(string file, ReadOnlySpan<byte> text, JsonException wrong)
    {
        var line = (int)(wrong.LineNumber ?? 0);
        var column = Column(text, line, (int)(wrong.BytePositionInLine ?? 0));
        return new(
            file,
            $"is not valid JSON at line {line + 1}, column {column + 1}: {Reason(wrong)}",
            $"ошибка JSON в строке {line + 1}, столбце {column + 1}: {Reason(wrong)}");
    }

    /// <summary>The parser counts bytes; editors count characters.</summary>
    private static int Column(ReadOnlySpan<byte> text, int line, int bytes)
    {
        for (; line > 0; line--) text = text[(text.IndexOf((byte)'\n') + 1)..];
        return Encoding.UTF8.GetCharCount(text[..Math.Min(bytes, text.Length)]);
    }

    /// <summary>The parser's words without its own, zero-based place.</summary>
    private static string Reason(JsonException wrong)
    {
        var place = wrong.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? wrong.Message : wrong.Message[..place];
    }
}
