using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Telegram;

/// <summary>Checks a message's text: 1–4096 UTF-16 units after entities are parsed, known <c>parse_mode</c>, well-formed HTML.
/// The two Markdown modes are taken as they are: the bot does not use them.</summary>
internal static class BotApiText
{
    /// <exception cref="BotApiException">Telegram would refuse it.</exception>
    internal static (string Text, string? Format) Read(ApiCall call)
    {
        var text = call.Parameter("text") ?? "";
        var format = call.Parameter("parse_mode");
        var reading = format?.ToUpperInvariant() switch
        {
            null or "" or "MARKDOWN" or "MARKDOWNV2" => new HtmlReading(null, text.Length, string.IsNullOrWhiteSpace(text)),
            "HTML" => HtmlText.Telegram.Read(text),
            _ => throw new BotApiException("unsupported parse_mode"),
        };
        if (reading.Error is not null) throw new BotApiException($"can't parse entities: {reading.Error}");
        if (reading.IsBlank) throw new BotApiException("message text is empty");
        if (reading.Visible > 4096) throw new BotApiException("message is too long");
        return (text, format);
    }
}
