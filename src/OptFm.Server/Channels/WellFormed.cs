using System.Text;

namespace OptFm.Server.Channels;

/// <summary>Text that can be encoded: half a surrogate pair, which JSON cannot carry, becomes U+FFFD.</summary>
internal static class WellFormed
{
    public static string Text(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0) return text;

        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) whole.Append(rune);
        return whole.ToString();
    }
}
