using System.Text;
using System.Text.Json;
using OptFm.Sandbox.Http;
using OptFm.Sandbox.Records;

namespace OptFm.Sandbox.Telegram;

/// <summary>Reads and checks <c>reply_markup</c>. <see href="https://core.telegram.org/bots/api#inlinekeyboardbutton"/></summary>
internal static class BotApiKeyboard
{
    /// <exception cref="BotApiException">Telegram would refuse it.</exception>
    internal static IReadOnlyList<IReadOnlyList<SeenButton>> Read(JsonElement body)
    {
        if (body.Member("reply_markup") is not { } markup) return [];
        if (markup.ValueKind == JsonValueKind.String) return ReadText(markup.GetString()!);
        return ReadMarkup(markup);
    }

    private static List<IReadOnlyList<SeenButton>> ReadText(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return ReadMarkup(document.RootElement);
        }
        catch (JsonException)
        {
            throw new BotApiException("can't parse reply keyboard markup JSON object");
        }
    }

    private static List<IReadOnlyList<SeenButton>> ReadMarkup(JsonElement markup)
    {
        if (markup.ValueKind != JsonValueKind.Object) throw new BotApiException("object expected as reply markup");
        if (markup.Member("inline_keyboard") is not { } rows) return [];
        if (rows.ValueKind != JsonValueKind.Array) throw new BotApiException("field \"inline_keyboard\" must be of type Array");

        var keyboard = rows.EnumerateArray().Select(ReadRow).Where(static row => row.Count > 0).ToList();
        if (keyboard.Sum(static row => row.Count) > 100) throw new BotApiException("reply markup is too long");
        return keyboard;
    }

    private static IReadOnlyList<SeenButton> ReadRow(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Array) throw new BotApiException("can't parse inline keyboard: row must be an Array");
        return [.. row.EnumerateArray().Select(ReadButton)];
    }

    private static SeenButton ReadButton(JsonElement button)
    {
        var text = button.Text("text");
        if (string.IsNullOrWhiteSpace(text)) throw new BotApiException("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard");

        var data = button.Text("callback_data");
        var url = button.Text("url");
        if (data is not null && Encoding.UTF8.GetByteCount(data) is (0 or > 64)) throw new BotApiException("BUTTON_DATA_INVALID");
        if (url is not null && !IsAddress(url)) throw new BotApiException("inline keyboard button URL is invalid");
        if (data is null == url is null) throw new BotApiException("can't parse inline keyboard button: exactly one optional field must be used");
        return new SeenButton(data is null ? "link" : "callback", text, data, url);
    }

    private static bool IsAddress(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https" or "tg");
}
