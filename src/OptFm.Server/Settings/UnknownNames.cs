using OptFm.Search.Index;

namespace OptFm.Server.Settings;

/// <summary>Finds names that look like settings of this server and are none: usually a slip of the keyboard.</summary>
internal static class UnknownNames
{
    private static readonly string[] Prefixes = ["MAX_", "TELEGRAM_", "OPTFM_"];

    /// <param name="known">Every setting there is.</param>
    public static IEnumerable<Problem> Find(SettingsSource source, IReadOnlyList<Setting> known)
    {
        var names = known.Select(setting => setting.Name).ToHashSet(StringComparer.Ordinal);
        var written = source.FileNames.ToHashSet(StringComparer.Ordinal);
        foreach (var name in source.EnvironmentNames.Concat(written).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (names.Contains(name)) continue;
            var ours = Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
            // Only what somebody wrote for this server is compared with its settings: the environment is everybody's.
            var nearest = ours || written.Contains(name) ? Nearest(name, names) : null;
            if (nearest is not null)
                yield return new(name, $"is unknown and ignored: did you mean {nearest}?", $"— неизвестное имя, оно не действует: может быть, {nearest}?");
            else if (ours)
                yield return new(name, "is unknown and ignored", "— неизвестное имя, оно не действует");
        }
    }

    private static string? Nearest(string name, IEnumerable<string> names)
    {
        const int most = 2;
        var written = name.ToUpperInvariant();
        var (nearest, slips) = names.Order(StringComparer.Ordinal).Select(known => (known, Slips: EditDistance.Between(written, known, most))).MinBy(pair => pair.Slips);
        return slips <= (nearest.Length <= 5 ? 1 : most) ? nearest : null;
    }
}
