using System.Text.RegularExpressions;
using OptFm.Server.Channels.Max;
using OptFm.Server.Channels.Telegram;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup;

/// <summary>What is set up already: the settings, and what the site of nginx says.</summary>
internal sealed partial record Present(string SettingsText, IReadOnlyDictionary<string, string> Settings, string Site)
{
    public string Domain => HostOf(MaxOptions.WebhookUrl) ?? HostOf(TelegramOptions.WebhookUrl) ?? SiteName().Match(Site).Groups["name"].Value;

    public bool HasMax => Value(MaxOptions.ApiKey).Length > 0;

    public bool HasTelegram => Value(TelegramOptions.BotToken).Length > 0;

    public bool HasPage => PageSwitch().IsMatch(Site);

    /// <summary>The path in the site; empty where there is none, and where certbot looks after it.</summary>
    public string Certificate => NotCertbots(CertificatePath().Match(Site).Groups["path"].Value);

    public string CertificateKey => NotCertbots(KeyPath().Match(Site).Groups["path"].Value);

    /// <exception cref="SetupException">The settings cannot be read.</exception>
    public static Present Read(Machine machine)
    {
        var file = machine.PathOf(machine.SettingsFile);
        var read = EnvironmentFile.Read(file);
        if (read.Problems.Count > 0) throw new SetupException(Of(read.Problems));

        return new Present(File.Exists(file) ? File.ReadAllText(file) : "", read.Values, new SiteFiles(machine).Text);
    }

    /// <summary>The value in the file of settings, else the default.</summary>
    public string Value(Setting setting) => new SettingsReader(Settings).Text(setting);

    private static Words Of(IReadOnlyList<Problem> problems) => new(
        string.Join('\n', problems.Select(p => p.In(AdministratorLanguage.English))) + "\nMend this line, then run setup again.",
        string.Join('\n', problems.Select(p => p.In(AdministratorLanguage.Russian))) + "\nИсправьте эту строку и запустите setup снова.");

    private static string NotCertbots(string path) => path.StartsWith("/etc/letsencrypt/", StringComparison.Ordinal) ? "" : path;

    private string? HostOf(Setting setting) => Uri.TryCreate(Value(setting), UriKind.Absolute, out var url) ? url.IdnHost : null;

    [GeneratedRegex(@"^\s*server_name\s+(?<name>[^\s;]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SiteName();

    [GeneratedRegex(@"^\s*include\s+snippets/optfm-page\.conf", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PageSwitch();

    [GeneratedRegex(@"^\s*ssl_certificate\s+(?<path>[^\s;]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CertificatePath();

    [GeneratedRegex(@"^\s*ssl_certificate_key\s+(?<path>[^\s;]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyPath();
}
