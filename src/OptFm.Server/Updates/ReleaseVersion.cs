namespace OptFm.Server.Updates;

/// <summary>Which of two versions is newer, as dpkg orders them: <c>1.9.0 &lt; 1.10.0~rc1 &lt; 1.10.0</c>.</summary>
/// <remarks>https://www.debian.org/doc/debian-policy/ch-controlfields.html#version, without epochs: this package has none.</remarks>
public static class ReleaseVersion
{
    /// <returns>Below zero where <paramref name="left"/> is older, above where it is newer, zero where they are the same.</returns>
    public static int Compare(string left, string right)
    {
        var upstream = ComparePart(Upstream(left), Upstream(right));
        return upstream != 0 ? upstream : ComparePart(Revision(left), Revision(right));
    }

    private static string Upstream(string version) => version.LastIndexOf('-') is var dash and >= 0 ? version[..dash] : version;

    private static string Revision(string version) => version.LastIndexOf('-') is var dash and >= 0 ? version[(dash + 1)..] : "";

    private static int ComparePart(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (left.Length > 0 || right.Length > 0)
        {
            var words = CompareWords(Take(ref left, digits: false), Take(ref right, digits: false));
            if (words != 0) return words;

            var numbers = CompareNumbers(Take(ref left, digits: true), Take(ref right, digits: true));
            if (numbers != 0) return numbers;
        }

        return 0;
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest, bool digits)
    {
        var length = 0;
        while (length < rest.Length && char.IsAsciiDigit(rest[length]) == digits) length++;
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    private static int CompareWords(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var order = Rank(left, i) - Rank(right, i);
            if (order != 0) return order;
        }

        return 0;
    }

    /// <summary>A tilde before the end, the end before letters, letters before the rest.</summary>
    private static int Rank(ReadOnlySpan<char> word, int i) =>
        i >= word.Length ? 0 : word[i] == '~' ? -1 : char.IsAsciiLetter(word[i]) ? word[i] : word[i] + 256;

    /// <summary>Of any length: no number is too long for a comparison of digits.</summary>
    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length - right.Length : left.SequenceCompareTo(right);
    }
}
