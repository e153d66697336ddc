using OptFm.Server.Products;
using OptFm.Server.Settings;

namespace OptFm.Server.Backups;

/// <summary>THE list of files that a backup holds beside the database, and where each belongs by the settings.</summary>
internal static class BackupSources
{
    public const string Settings = "settings.env";
    public const string NginxSite = "nginx-site.conf";

    /// <summary>Where the package's wrapper looks for the settings.</summary>
    public const string PackagedSettings = "/etc/optfm/optfm.env";

    private const string NginxSiteFile = "/etc/nginx/sites-available/optfm";

    /// <param name="settingsFile">Absolute.</param>
    /// <returns>Names in the backup with places in this machine; places may be absent. What came with the program is not among them.</returns>
    public static IReadOnlyList<(string Name, string Path)> Of(ServerSettings settings, string settingsFile)
    {
        var price = settings.Price.PriceFile;
        (string Name, string Path)[] all =
        [
            (Settings, settingsFile),
            ("faq.json", settings.Faq.FaqFile),
            ("faq.golden.tsv", settings.Faq.GoldenFile),
            ("phrases.json", settings.Faq.PhrasesFile),
            ("price" + Extension(price), price),
            ("price.mapping.json", price + PriceFile.MappingSuffix),
            ("imported-price.csv", price == settings.Price.ImportTarget ? "" : settings.Price.ImportTarget),
            ("max-ca.pem", settings.Max.CertificateFile),
            (NginxSite, NginxSiteFile),
        ];
        return [.. all.Where(file => file.Path.Length > 0 && !file.Path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal))];
    }

    /// <summary>The file of settings in force, or where one would be looked for.</summary>
    public static string SettingsFile(SettingsSource source)
    {
        var named = source.Values.GetValueOrDefault(ServerSettings.File.Name, "").Trim();
        if (named.Length > 0) return Path.GetFullPath(named);

        var local = Path.GetFullPath(".env");
        // The wrapper does not name a file that was destroyed, and that is when it is needed most.
        return !File.Exists(local) && Directory.Exists(Path.GetDirectoryName(PackagedSettings)) ? PackagedSettings : local;
    }

    private static string Extension(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is { Length: > 1 and <= 6 } extension && extension.AsSpan(1).IndexOfAnyExceptInRange('a', 'z') < 0 ? extension : "";
}
