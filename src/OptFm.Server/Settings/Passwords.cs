using System.Text.RegularExpressions;

namespace OptFm.Server.Settings;

/// <summary>Hides the password in an address or a connection string.</summary>
internal static class Passwords
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.Singleline;

    // The last @ ends it: an unescaped one may be part of the password.
    private static readonly Regex UserInfo = new("(?<before>://[^:/@?#]*:).*@", Linear);

    // To the end: a quoted password may hold the separator, and what follows it is not worth the risk.
    private static readonly Regex Pair = new(@"(?<before>(password|passwd|pwd|secret|token|key)\s*=).+", Linear);

    public static string Hide(string value) => Pair.Replace(UserInfo.Replace(value, "${before}***@"), "${before}***");
}
