using System.Text.Json;
using OptFm.Sandbox.Http;
using OptFm.Sandbox.Records;

namespace OptFm.Sandbox.Max;

/// <summary>A message as the bot sends it to MAX, checked:
/// text ≤ 4000, format <c>markdown</c> or <c>html</c>, well-formed HTML, keyboard within its limits.</summary>
internal sealed record MaxMessageBody(string Text, string? Format, IReadOnlyList<IReadOnlyList<SeenButton>> Keyboard)
{
    /// <summary>Whether an edit leaves the old attachments: <c>null</c> or absent keeps, <c>[]</c> removes.</summary>
    internal bool KeepsAttachments { get; private init; }

    /// <summary>Whether an edit leaves the old text.</summary>
    internal bool KeepsText { get; private init; }

    private bool HasAttachments { get; init; }

    /// <exception cref="MaxPayloadException">MAX would refuse it.</exception>
    internal static MaxMessageBody ReadNew(JsonElement body)
    {
        var message = Read(body);
        if (message.Text.Length == 0 && !message.HasAttachments) throw new MaxPayloadException("text: must not be empty without attachments");
        return message;
    }

    /// <exception cref="MaxPayloadException">MAX would refuse it.</exception>
    internal static MaxMessageBody Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) throw new MaxPayloadException("expected an object");
        if (body.Member("text") is { ValueKind: not JsonValueKind.String }) throw new MaxPayloadException("text: expected a string");

        var text = body.Text("text") ?? "";
        var format = body.Text("format");
        CheckText(text, format);
        var attachments = body.Member("attachments");
        return new MaxMessageBody(text, format, MaxKeyboard.Read(body))
        {
            KeepsText = body.Member("text") is null,
            KeepsAttachments = attachments is null,
            HasAttachments = attachments is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0,
        };
    }

    private static void CheckText(string text, string? format)
    {
        if (text.Length > 4000) throw new MaxPayloadException("text: size must be between 0 and 4000");
        if (format is not (null or "markdown" or "html")) throw new MaxPayloadException($"format: unknown '{format}'");
        if (format == "html" && HtmlText.Max.Read(text).Error is { } error) throw new MaxPayloadException($"text: {error}");
    }
}
