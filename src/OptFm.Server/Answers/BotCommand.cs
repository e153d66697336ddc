using OptFm.Server.Channels;

namespace OptFm.Server.Answers;

/// <summary>A command such as <c>/start@shop_bot faq-12</c>.</summary>
/// <param name="Name">Lower case, without the slash and the bot's name.</param>
/// <param name="Argument">The rest, trimmed; may be empty.</param>
internal sealed record BotCommand(string Name, string Argument)
{
    private const int LongestName = 64;

    /// <returns>Null when the message is no command.</returns>
    public static BotCommand? Read(InboundMessage message)
    {
        if (message.Kind != InboundKind.Text) return null;

        var text = message.Text.Trim();
        return text.StartsWith('/') ? Slashed(text) : Spoken(text);
    }

    private static BotCommand? Slashed(string text)
    {
        if (text.Length < 2 || !char.IsLetter(text[1])) return null;

        var end = text.AsSpan().IndexOfAny(" \t\r\n");
        if (end < 0) end = text.Length;
        var name = text[1..Math.Min(end, LongestName)];
        var at = name.IndexOf('@');
        return new((at < 0 ? name : name[..at]).ToLowerInvariant(), text[end..].Trim());
    }

    private static BotCommand? Spoken(string text)
    {
        if (text.Length > LongestName) return null;

        return text.TrimEnd('!', '.', '?').ToLowerInvariant() switch
        {
            "start" or "старт" => new("start", ""),
            "faq" or "меню" or "menu" or "вопросы" or "частые вопросы" => new("faq", ""),
            "help" or "помощь" or "помоги" or "помогите" => new("help", ""),
            "contacts" or "контакты" => new("contacts", ""),
            _ => null,
        };
    }
}
