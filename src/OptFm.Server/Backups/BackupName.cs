using System.Globalization;
using System.Text.RegularExpressions;

namespace OptFm.Server.Backups;

/// <summary>How the files of backups are called: <c>optfm-20260131T020000Z.tar.gz</c>, with <c>.age</c> or <c>.gpg</c> if encrypted.</summary>
internal static partial class BackupName
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <param name="suffix">Of the encryption; empty for none.</param>
    public static string Of(DateTimeOffset time, string suffix) => $"optfm-{Stamp(time)}.tar.gz{suffix}";

    /// <summary>UTC, to the second, fit for a file name.</summary>
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <returns>When a backup of this name was made; null where it is none of ours.</returns>
    public static DateTimeOffset? Time(string fileName)
    {
        var match = Form().Match(fileName);
        var read = DateTimeOffset.TryParseExact(match.Groups["time"].Value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        return match.Success && read ? time : null;
    }

    [GeneratedRegex(@"^optfm-(?<time>[0-9]{8}T[0-9]{6}Z)\.tar\.gz(\.age|\.gpg)?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
