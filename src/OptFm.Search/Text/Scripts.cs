namespace OptFm.Search.Text;

/// <summary>Which alphabet a normalised letter belongs to.</summary>
internal static class Scripts
{
    public static bool IsLatin(char c) => c is >= 'a' and <= 'z';

    public static bool IsCyrillic(char c) => c is >= 'а' and <= 'я';

    public static bool AnyLatin(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('a', 'z') >= 0;

    public static bool AnyCyrillic(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('а', 'я') >= 0;

    public static bool AnyDigit(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('0', '9') >= 0;
}
