namespace OptFm.Server.Channels;

[Flags]
public enum MarkupStyle
{
    None = 0,
    Bold = 1,
    Italic = 2,
    Code = 4,
}

/// <summary>A stretch of text in one style. Spans are flat: nesting is the union of the styles.</summary>
/// <param name="Text">Literal text, never empty.</param>
/// <param name="Style">How it looks.</param>
/// <param name="Url">Where it leads, an http(s) address, or null.</param>
public sealed record MarkupSpan(string Text, MarkupStyle Style = MarkupStyle.None, string? Url = null)
{
    /// <summary>Whether a cut between the two would go through a markup pair that holds both.</summary>
    public bool Continues(MarkupSpan next) => (Style & next.Style) != MarkupStyle.None || (Url is not null && Url == next.Url);

    public bool LooksLike(MarkupSpan other) => Style == other.Style && Url == other.Url;
}
