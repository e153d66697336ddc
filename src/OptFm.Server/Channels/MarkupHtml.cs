using System.Text;

namespace OptFm.Server.Channels;

/// <summary>Renders neutral markup as the HTML that MAX (<c>format: html</c>) and Telegram (<c>parse_mode: HTML</c>) both take.</summary>
public static class MarkupHtml
{
    public static string Render(string markup) => string.Concat(Markup.Parse(markup).Select(Render));

    /// <summary>Every span stands for itself, so that the lengths of spans add up.</summary>
    public static string Render(MarkupSpan span)
    {
        var html = Escape(span.Text);
        if (span.Url is not null) return Emphasised($"<a href=\"{Escape(span.Url)}\">{html}</a>", span.Style);

        // Telegram: code cannot be part of another entity. https://core.telegram.org/bots/api#formatting-options
        return span.Style.HasFlag(MarkupStyle.Code) ? $"<code>{html}</code>" : Emphasised(html, span.Style);
    }

    /// <summary>The four characters that both messengers name; Telegram knows no other named entities.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny("<>&\"")) return text;

        return new StringBuilder(text, text.Length + 16)
            .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").ToString();
    }

    private static string Emphasised(string html, MarkupStyle style)
    {
        if (style.HasFlag(MarkupStyle.Italic)) html = $"<i>{html}</i>";
        return style.HasFlag(MarkupStyle.Bold) ? $"<b>{html}</b>" : html;
    }
}
