using System.Text;

namespace OptFm.Server.Storage.Postgres;

/// <summary>What PostgreSQL takes as text: no NUL, and whole characters only. https://www.postgresql.org/docs/current/datatype-character.html</summary>
internal static class PostgresText
{
    private const char Replacement = '\uFFFD';

    /// <summary>A stranger's text, such as a name, may hold anything that JSON can; what cannot be stored is replaced.</summary>
    public static string Storable(string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal) && IsWhole(text)) return text;

        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) storable.Append(rune.Value == 0 ? Replacement.ToString() : rune.ToString());
        return storable.ToString();
    }

    private static bool IsWhole(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return true;

        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}
