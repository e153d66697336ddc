using System.Text.Json;
using OptFm.Sandbox.Http;
using OptFm.Sandbox.Records;

namespace OptFm.Sandbox.Max;

/// <summary>Reads and checks attachments, above all inline keyboards: ≤ 210 buttons, ≤ 30 rows, ≤ 7 per row, ≤ 3 in rows with wide buttons.</summary>
internal static class MaxKeyboard
{
    private static readonly string[] Wide = ["link", "open_app", "request_geo_location", "request_contact"];

    /// <exception cref="MaxPayloadException">MAX would refuse it.</exception>
    internal static IReadOnlyList<IReadOnlyList<SeenButton>> Read(JsonElement body)
    {
        if (body.Member("attachments") is not { } attachments) return [];
        if (attachments.ValueKind != JsonValueKind.Array) throw new MaxPayloadException("attachments: expected an array");
        if (attachments.GetArrayLength() > 12) throw new MaxPayloadException("attachments: no more than 12");

        IReadOnlyList<IReadOnlyList<SeenButton>> keyboard = [];
        foreach (var attachment in attachments.EnumerateArray())
            if (attachment.Text("type") == "inline_keyboard")
                keyboard = ReadRows(attachment);
        return keyboard;
    }

    private static List<IReadOnlyList<SeenButton>> ReadRows(JsonElement attachment)
    {
        if (attachment.Member("payload")?.Member("buttons") is not { ValueKind: JsonValueKind.Array } rows)
            throw new MaxPayloadException("attachments: payload.buttons is missing");

        var keyboard = rows.EnumerateArray().Select(ReadRow).ToList();
        if (keyboard.Count is 0 or > 30) throw new MaxPayloadException("buttons: 1 to 30 rows");
        if (keyboard.Sum(static row => row.Count) > 210) throw new MaxPayloadException("buttons: no more than 210");
        return keyboard;
    }

    private static IReadOnlyList<SeenButton> ReadRow(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Array) throw new MaxPayloadException("buttons: a row is an array");
        var buttons = row.EnumerateArray().Select(ReadButton).ToList();
        var most = buttons.Exists(static button => Wide.Contains(button.Type)) ? 3 : 7;
        if (buttons.Count == 0 || buttons.Count > most) throw new MaxPayloadException($"buttons: 1 to {most} in this row");
        return buttons;
    }

    private static SeenButton ReadButton(JsonElement button)
    {
        var type = button.Text("type") ?? "";
        var text = button.Text("text") ?? "";
        Bound("text", text, 1, 128);
        var seen = new SeenButton(type, text, button.Text("payload"), button.Text("url"));
        switch (type)
        {
            case "callback" or "clipboard": Bound("payload", seen.Payload, 1, 1024); break;
            case "link": CheckLink(seen.Url); break;
            case "request_contact" or "request_geo_location" or "open_app" or "message": break;
            default: throw new MaxPayloadException($"buttons: unknown type '{type}'");
        }
        return seen;
    }

    private static void CheckLink(string? url)
    {
        Bound("url", url, 1, 2048);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var link) || link.Scheme is not ("http" or "https"))
            throw new MaxPayloadException("buttons: url is no http(s) address");
    }

    private static void Bound(string name, string? value, int least, int most)
    {
        if (value is null || value.Length < least || value.Length > most)
            throw new MaxPayloadException($"buttons: {name} must be {least} to {most} characters");
    }
}

/// <summary>A body that MAX answers with 400 <c>proto.payload</c>.</summary>
internal sealed class MaxPayloadException(string message) : Exception(message);
