using System.Net;
using OptFm.Server.Settings;

namespace OptFm.Server.Operations;

/// <summary>Where the server listens and whom it believes.</summary>
public sealed record HttpOptions
{
    public static readonly Setting Host = new("HOST", "127.0.0.1", "an address of this machine", "Where the server listens. 0.0.0.0: everywhere; behind nginx the default is right.", "Где слушает сервер. 0.0.0.0: на всех адресах; за nginx верно значение по умолчанию.");
    public static readonly Setting Port = new("PORT", "8000", "0–65535, 0 = any free one", "On which port.", "На каком порту.");
    public static readonly Setting AdminToken = new("ADMIN_TOKEN", "", "16 characters or more", "Opens the administrator's endpoints (`Authorization: Bearer …`). Empty: they answer 401.", "Открывает адреса администратора (`Authorization: Bearer …`). Пусто: они отвечают 401.") { Secret = true };
    public static readonly Setting TrustedProxies = new("TRUSTED_PROXIES", "127.0.0.0/8,::1", "addresses or networks, comma-separated", "Whose X-Forwarded-For is believed.", "Чьему X-Forwarded-For верить.");

    public static IReadOnlyList<Setting> All { get; } = [Host, Port, AdminToken, TrustedProxies];

    public required IPAddress Address { get; init; }

    public required int ListenPort { get; init; }

    /// <summary>Where the server is reached from this machine: "everywhere" is where to listen, not whom to ask.</summary>
    public IPEndPoint LocalEndPoint => new(
        Address.Equals(IPAddress.Any) ? IPAddress.Loopback : Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : Address, ListenPort);

    public Uri LocalAddress => new($"http://{LocalEndPoint}/");

    public required string Token { get; init; }

    public required IReadOnlyList<System.Net.IPNetwork> Proxies { get; init; }

    public static HttpOptions Read(SettingsReader settings)
    {
        var options = new HttpOptions
        {
            Address = ReadAddress(settings),
            ListenPort = settings.Number(Port, 0, 65535),
            Token = settings.Text(AdminToken),
            Proxies = settings.Networks(TrustedProxies),
        };
        if (options.Token.Length is > 0 and < 16)
            settings.Fail(AdminToken, "is shorter than 16 characters: it could be guessed", "короче 16 знаков: его можно подобрать");
        return options;
    }

    private static IPAddress ReadAddress(SettingsReader settings)
    {
        var text = settings.Text(Host);
        if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.Loopback;
        if (IPAddress.TryParse(text, out var address)) return address;

        settings.Fail(Host, $"is '{text}', expected an address such as 127.0.0.1 or 0.0.0.0", $"равно '{text}', а нужен адрес вида 127.0.0.1 или 0.0.0.0");
        return IPAddress.Loopback;
    }
}
