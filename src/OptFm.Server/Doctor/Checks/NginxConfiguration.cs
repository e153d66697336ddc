using System.Globalization;
using System.Text.RegularExpressions;

namespace OptFm.Server.Doctor.Checks;

/// <param name="LimitZones">Of its <c>limit_req</c>.</param>
/// <param name="MostBytes">Its own <c>client_max_body_size</c>; 0 where it has none.</param>
internal sealed record NginxLocation(string Path, IReadOnlyList<string> LimitZones, long MostBytes);

/// <summary>The little that matters of what <c>nginx -T</c> prints. nginx itself has judged the rest.</summary>
internal sealed partial record NginxConfiguration(
    IReadOnlyDictionary<string, double> Rates, IReadOnlyList<NginxLocation> Locations, IReadOnlyList<long> MostBytes)
{
    private string Text { get; init; } = "";

    /// <summary>Whether it holds these words outside comments.</summary>
    public bool Speaks(string words) => Text.Contains(words, StringComparison.Ordinal);

    public static NginxConfiguration Parse(string text)
    {
        var plain = string.Join('\n', text.Split('\n').Select(line => Comment().Replace(line, "")));
        var rates = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (Match zone in Zone().Matches(plain)) rates[zone.Groups["zone"].Value] = Rate(zone);
        var locations = Location().Matches(plain).Select(match => Read(match.Groups["path"].Value.Trim(), match.Groups["body"].Value)).ToList();
        var outside = Location().Replace(plain, "");
        return new(rates, locations, [.. BodySize().Matches(outside).Select(Bytes)]) { Text = plain };
    }

    private static NginxLocation Read(string path, string body) => new(
        path,
        [.. LimitUse().Matches(body).Select(match => match.Groups["zone"].Value)],
        BodySize().Match(body) is { Success: true } size ? Bytes(size) : 0);

    private static double Rate(Match zone) =>
        double.Parse(zone.Groups["rate"].ValueSpan, CultureInfo.InvariantCulture) / (zone.Groups["unit"].ValueSpan is "m" ? 60 : 1);

    private static long Bytes(Match size) =>
        long.Parse(size.Groups["size"].ValueSpan, CultureInfo.InvariantCulture)
        * (size.Groups["unit"].Value.ToLowerInvariant() switch { "k" => 1024L, "m" => 1024 * 1024, "g" => 1024 * 1024 * 1024, _ => 1 });

    [GeneratedRegex(@"(^|\s)#.*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Comment();

    [GeneratedRegex(@"limit_req_zone\s+\S+\s+zone=(?<zone>[^:;\s]+)[^;]*rate=(?<rate>\d{1,9})r/(?<unit>[sm])", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Zone();

    // Of a delivery's location nothing nested is expected; what is in an "if" ends the match early and is not looked at.
    [GeneratedRegex(@"location\s+(?<path>[^{;]+)\{(?<body>[^{}]*)\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Location();

    [GeneratedRegex(@"limit_req\s+[^;]*zone=(?<zone>[^;\s]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LimitUse();

    [GeneratedRegex(@"client_max_body_size\s+(?<size>\d{1,12})(?<unit>[kKmMgG]?)\s*;", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex BodySize();
}
