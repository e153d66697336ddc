using System.Globalization;
using Npgsql;

namespace OptFm.Server.Storage.Postgres;

/// <summary>
/// Reads <c>postgresql://user:password@host:port,host:port/database?sslmode=…</c>, as libpq does where it matters:
/// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
/// </summary>
internal static class PostgresUrl
{
    private const string LongScheme = "postgresql://";
    private const string ShortScheme = "postgres://";
    private const string Parameters = "host, sslmode, sslrootcert, sslcert, sslkey, target_session_attrs, application_name, connect_timeout (1–60)";

    public static bool Is(string url) =>
        url.StartsWith(LongScheme, StringComparison.OrdinalIgnoreCase) || url.StartsWith(ShortScheme, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="UrlException">
    /// It cannot be understood. The message quotes nothing: with a character in it that should have been escaped, the password is where something else belongs.
    /// </exception>
    public static NpgsqlConnectionStringBuilder Read(string url)
    {
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var (place, query) = Split(rest, '?');
        var slash = place.LastIndexOf('/');
        var (authority, database) = slash < 0 ? (place, "") : (place[..slash], Decode(place[(slash + 1)..]));
        var at = authority.LastIndexOf('@');
        var builder = new NpgsqlConnectionStringBuilder { Host = Hosts(authority[(at + 1)..]), Database = database };
        if (at >= 0) SetUser(builder, authority[..at]);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries)) SetParameter(builder, pair);

        if (string.IsNullOrEmpty(builder.Host)) throw new UrlException("names no host", "не называет сервер");
        if (string.IsNullOrEmpty(builder.Database)) throw new UrlException("names no database after the last /", "не называет базу после последней /");
        if (string.IsNullOrEmpty(builder.Username)) throw new UrlException("names no user before @", "не называет пользователя перед @");
        return builder;
    }

    private static string Hosts(string hosts)
    {
        foreach (var host in hosts.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var (_, port) = host.StartsWith('[') ? Split(host[(host.IndexOf(']', StringComparison.Ordinal) + 1)..], ':') : Split(host, ':');
            if (port.Length > 0 && !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                throw new UrlException("has a port that is no number up to 65535 (does the password hold a character that must be written as %3F or %2F?)", "содержит порт, а это не число до 65535 (нет ли в пароле знака, который надо записать как %3F или %2F?)");
        }

        return string.Join(',', hosts.Split(',').Select(Decode));
    }

    private static void SetUser(NpgsqlConnectionStringBuilder builder, string user)
    {
        var (name, password) = Split(user, ':');
        builder.Username = Decode(name);
        if (password.Length > 0) builder.Password = Decode(password);
    }

    private static void SetParameter(NpgsqlConnectionStringBuilder builder, string pair)
    {
        var (name, value) = Split(pair, '=');
        value = Decode(value);
        switch (name.ToLowerInvariant())
        {
            case "host":
                builder.Host = value;
                break;
            case "sslmode":
                builder.SslMode = SslModeOf(value);
                break;
            case "sslrootcert":
                builder.RootCertificate = value;
                break;
            case "sslcert":
                builder.SslCertificate = value;
                break;
            case "sslkey":
                builder.SslKey = value;
                break;
            case "target_session_attrs":
                builder.TargetSessionAttributes = value;
                break;
            case "application_name":
                builder.ApplicationName = value;
                break;
            case "connect_timeout" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 60:
                builder.Timeout = seconds;
                break;
            default:
                throw new UrlException($"has an unknown parameter, or a wrong value of one; known are {Parameters}", $"содержит неизвестный параметр или неверное значение; известны {Parameters}");
        }
    }

    private static SslMode SslModeOf(string value) => value.ToLowerInvariant() switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new UrlException("has an unknown sslmode; known are disable, allow, prefer, require, verify-ca, verify-full", "содержит неизвестный sslmode; известны disable, allow, prefer, require, verify-ca, verify-full"),
    };

    private static string Decode(string text) => Uri.UnescapeDataString(text);

    private static (string Before, string After) Split(string text, char at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }
}

/// <summary>The address cannot be understood. Fits after the setting's name, and never quotes a password.</summary>
internal sealed class UrlException(string message, string russian) : FormatException(message)
{
    public string InRussian { get; } = russian;
}
