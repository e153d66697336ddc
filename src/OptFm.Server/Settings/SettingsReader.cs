using System.Globalization;
using System.Net;

namespace OptFm.Server.Settings;

/// <summary>Reads settings and gathers every problem, so that the administrator sees all of them at once.</summary>
/// <param name="values">Environment and <c>.env</c>, already merged; the environment wins.</param>
public sealed class SettingsReader(IReadOnlyDictionary<string, string> values)
{
    private readonly List<Problem> _problems = [];
    private readonly List<Problem> _warnings = [];

    /// <summary>What stops the server from starting.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>What the administrator should know, though the server starts.</summary>
    public IReadOnlyList<Problem> Warnings => _warnings;

    /// <summary>The value as written, without surrounding blanks, or the default.</summary>
    public string Text(Setting setting) =>
        values.TryGetValue(setting.Name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : setting.Default;

    public bool IsSet(Setting setting) => values.TryGetValue(setting.Name, out var value) && !string.IsNullOrWhiteSpace(value);

    /// <summary>What is set of names that begin so: settings of a library's own.</summary>
    public IEnumerable<KeyValuePair<string, string>> Named(string prefix) =>
        values.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(pair.Value));

    public int Number(Setting setting, int least, int most)
    {
        var text = Text(setting);
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;

        Fail(setting, $"is '{setting.Shown(text)}', expected a whole number from {least} to {most}", $"равно '{setting.Shown(text)}', а нужно целое число от {least} до {most}");
        return least;
    }

    public bool Switch(Setting setting)
    {
        var text = Text(setting);
        switch (text.ToLowerInvariant())
        {
            case "true" or "1" or "yes" or "on":
                return true;
            case "false" or "0" or "no" or "off":
                return false;
            default:
                Fail(setting, $"is '{setting.Shown(text)}', expected true or false", $"равно '{setting.Shown(text)}', а нужно true или false");
                return false;
        }
    }

    public string Choice(Setting setting, params string[] choices)
    {
        var text = Text(setting);
        foreach (var choice in choices)
        {
            if (string.Equals(choice, text, StringComparison.OrdinalIgnoreCase)) return choice;
        }

        var list = string.Join(", ", choices.Where(c => c.Length > 0));
        Fail(setting, $"is '{setting.Shown(text)}', expected one of: {list}", $"равно '{setting.Shown(text)}', а нужно одно из: {list}");
        return choices[0];
    }

    /// <summary>An absolute http or https address, or null when none is given.</summary>
    public Uri? Address(Setting setting)
    {
        var text = Text(setting);
        if (text.Length == 0) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") return uri;

        Fail(setting, $"is '{setting.Shown(text)}', expected an address such as https://example.ru/", $"равно '{setting.Shown(text)}', а нужен адрес вида https://example.ru/");
        return null;
    }

    /// <summary>The public address that a messenger is told to deliver to, or null when none is given.</summary>
    /// <param name="path">How the address ends unless a proxy rewrites it.</param>
    public Uri? WebhookAddress(Setting setting, string path)
    {
        var address = Address(setting);
        if (address is null) return null;

        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
            Warn(setting, "is not https: messengers deliver to https only", "не https: мессенджеры доставляют только по https");
        if (!address.AbsolutePath.TrimEnd('/').EndsWith(path, StringComparison.Ordinal))
            Warn(setting, $"does not end with {path}/, where the server expects updates: right only if your proxy rewrites the address", $"не кончается на {path}/, где сервер ждёт обновления: верно, только если адрес меняет ваш прокси");
        return address;
    }

    /// <summary>Addresses and networks, comma-separated; a plain address is a network of one.</summary>
    public IReadOnlyList<IPNetwork> Networks(Setting setting)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in Text(setting).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(part, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(part, out var address)) networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else Fail(setting, $"has '{part}', expected an address or a network such as 10.0.0.0/8", $"содержит '{part}', а нужен адрес или сеть вида 10.0.0.0/8");
        }

        return networks;
    }

    public void Fail(Setting setting, string english, string russian) => _problems.Add(new(setting.Name, english, russian));

    public void Warn(Setting setting, string english, string russian) => _warnings.Add(new(setting.Name, english, russian));
}

/// <summary>Something wrong with a setting, in both of the administrator's languages. Never holds a secret's value.</summary>
public sealed record Problem(string Setting, string English, string Russian);
