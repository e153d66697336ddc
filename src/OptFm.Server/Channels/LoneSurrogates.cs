using System.Buffers.Text;

namespace OptFm.Server.Channels;

/// <summary>
/// JSON may hold half of a surrogate pair as an escape (<c>"\ud83d"</c>); .NET refuses to read such a string at all. Half a pair becomes U+FFFD.
/// </summary>
internal static class LoneSurrogates
{
    private const int EscapeLength = 6;

    public static ReadOnlyMemory<byte> Mend(ReadOnlyMemory<byte> json)
    {
        byte[]? mended = null;
        for (var at = NextEscape(json.Span, 0); at >= 0; at = NextEscape(json.Span, at))
        {
            var unit = Unit(json.Span, at);
            if (unit is not (>= 0xD800 and <= 0xDFFF))
            {
                at += 2;
            }
            else if (char.IsHighSurrogate((char)unit) && Unit(json.Span, at + EscapeLength) is >= 0xDC00 and <= 0xDFFF)
            {
                at += 2 * EscapeLength;
            }
            else
            {
                mended ??= json.ToArray();
                "\\ufffd"u8.CopyTo(mended.AsSpan(at));
                at += EscapeLength;
            }
        }

        return mended ?? json;
    }

    private static int NextEscape(ReadOnlySpan<byte> json, int from)
    {
        if (from >= json.Length) return -1;
        var found = json[from..].IndexOf((byte)'\\');
        return found < 0 ? -1 : from + found;
    }

    /// <summary>The UTF-16 unit escaped at a position, or -1 where there is no such escape.</summary>
    private static int Unit(ReadOnlySpan<byte> json, int at)
    {
        if (at + EscapeLength > json.Length || json[at] != '\\' || json[at + 1] != 'u') return -1;
        return Utf8Parser.TryParse(json.Slice(at + 2, 4), out ushort unit, out var read, 'x') && read == 4 ? unit : -1;
    }
}
