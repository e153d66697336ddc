using System.Text.RegularExpressions;

namespace OptFm.Server.Operations;

/// <summary>Masks phone numbers and e-mail addresses in any text; ids, prices, codes and dates stay as they are.</summary>
/// <remarks>
/// A number counts as a phone by its plan, not by its length: a plus and 10–15 digits; 7 or 8 and ten digits (Russia, Kazakhstan);
/// a Russian mobile without prefix (9xx and seven digits); neighbours' 373–375, 380, 992–998 without plus.
/// A seven-digit local number looks like an article code and stays.
/// </remarks>
public static partial class PersonalData
{
    public const string PhoneMask = "[phone]";
    public const string EmailMask = "[email]";

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // A backtracking engine needs a limit; every repetition below is bounded, so it is not met in practice.
    private const int Milliseconds = 2000;

    // What people put between digits: blanks of any kind, brackets, dots, all the dashes of Unicode.
    private const string Gap = @"[\s().\p{Pd}\u2212]{0,3}";

    // Not inside a longer number, a hexadecimal id, or a code such as AB89161234567 or AB-89161234567.
    private const string Before = @"(?<![0-9A-Za-z_+]|[0-9]\p{Pd}|\b[A-Z]{1,4}\p{Pd})";
    private const string After = "(?![0-9A-Fa-f_])";

    private const string Plus = $@"\+{Gap}(7({Gap}[0-9]){{10}}|[1-689]({Gap}[0-9]){{9,14}})(?![0-9])";
    private const string Russian = $@"[78]{Gap}[34789][0-9]{{2}}({Gap}[0-9]){{7}}";
    private const string Mobile = $@"\(?9[0-9]{{2}}{Gap}[0-9]{{3}}{Gap}[0-9]{{2}}{Gap}[0-9]{{2}}";
    private const string Area = $@"\([348][0-9]{{2,4}}\){Gap}[0-9]({Gap}[0-9]){{4,6}}";
    private const string NineDigits = $@"(375|380|99[24-68]){Gap}[1-9]({Gap}[0-9]){{8}}";
    private const string EightDigits = $@"(37[34]|993){Gap}[1-9]({Gap}[0-9]){{7}}";

    /// <summary>The text with <see cref="PhoneMask"/> and <see cref="EmailMask"/> in the places of what was found.</summary>
    public static string Mask(string text)
    {
        try
        {
            if (text.Contains('@')) text = Email().Replace(text, EmailMask);
            return text.Any(char.IsAsciiDigit) ? Phone().Replace(text, match => Price().IsMatch(match.ValueSpan) ? match.Value : PhoneMask) : text;
        }
        catch (RegexMatchTimeoutException)
        {
            // Rather nothing than somebody's number.
            return "[hidden]";
        }
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}._%+\-])[\p{L}\p{N}._%+\-]{1,64}@[\p{L}\p{N}\-]{1,63}(\.[\p{L}\p{N}\-]{1,63}){1,8}", Options, Milliseconds)]
    private static partial Regex Email();

    [GeneratedRegex($"{Plus}|{Before}({Russian}|{Mobile}|{Area}|{NineDigits}|{EightDigits}){After}", Options, Milliseconds)]
    private static partial Regex Phone();

    // Eleven digits too: "8 900 - 1 000 000", thousands on both sides of a dash, and "789123456.10", a fraction of two digits.
    [GeneratedRegex(@"^([0-9]{1,3}(\s[0-9]{3})*\s?[\p{Pd}\u2212]\s?[0-9]{1,3}(\s[0-9]{3})+|[0-9\s]+\.[0-9]{2})$", Options, Milliseconds)]
    private static partial Regex Price();
}
