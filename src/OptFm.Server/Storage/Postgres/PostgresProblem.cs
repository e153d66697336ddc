using System.Security.Authentication;
using Npgsql;

namespace OptFm.Server.Storage.Postgres;

/// <summary>Why a server cannot be used, in the administrator's words and with the next step.</summary>
internal static class PostgresProblem
{
    public static StoreException Of(Exception e, string place = "PostgreSQL") => e switch
    {
        PostgresException refused => OfRefusal(refused, place),
        _ when Refusal(e) is { } refused => OfRefusal(refused, place),
        _ when TlsReason(e) is { } reason => new($"{place} is reached, but not by TLS as sslmode in DATABASE_URL asks: {reason}. Name the authority that signed its certificate: sslrootcert=/etc/optfm/postgres-ca.pem", e)
        {
            InRussian = $"{place} отвечает, но не по TLS так, как требует sslmode в DATABASE_URL: {reason}. Укажите удостоверяющий центр её сертификата: sslrootcert=/etc/optfm/postgres-ca.pem",
        },
        _ when PostgresErrors.IsTimeout(e) => new($"{place} does not answer in time", e) { InRussian = $"{place} не отвечает вовремя", MayPass = true },
        _ => new(
            $"{place} cannot be reached: {Reason(e)}. Does it run (systemctl status postgresql), and are host and port in DATABASE_URL right?", e)
        {
            InRussian = $"{place} недоступна: {Reason(e)}. Работает ли она (systemctl status postgresql) и верны ли сервер и порт в DATABASE_URL?",
            MayPass = true,
        },
    };

    /// <summary>Whether certificates, or the lack of them, are the trouble.</summary>
    public static bool IsOfTls(Exception e) => TlsReason(e.InnerException ?? e) is not null;

    /// <summary>The client has no code of its own for it: a server without TLS is told by these words alone.</summary>
    private static string? TlsReason(Exception e)
    {
        IEnumerable<Exception> all = e.InnerException is AggregateException several ? several.InnerExceptions : [e];
        return all.Select(one => one.GetBaseException()).Where(one => one is AuthenticationException || one.Message.StartsWith("SSL connection requested", StringComparison.Ordinal)).Select(one => one.Message).FirstOrDefault();
    }

    /// <summary>With several hosts each failure is inside one of the whole.</summary>
    private static PostgresException? Refusal(Exception e) =>
        (e.InnerException as AggregateException)?.InnerExceptions.OfType<PostgresException>().FirstOrDefault() ?? e.InnerException as PostgresException;

    private static string Reason(Exception e) => e.GetBaseException().Message;

    private static StoreException OfRefusal(PostgresException e, string place)
    {
        var (english, russian) = e.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword => ("the password in DATABASE_URL is wrong", "пароль в DATABASE_URL неверен"),
            PostgresErrorCodes.InvalidAuthorizationSpecification => (
                $"it refuses the user of DATABASE_URL: {e.MessageText}. Is there such a user, and does pg_hba.conf let it in?",
                $"сервер не пускает пользователя из DATABASE_URL: {e.MessageText}. Есть ли такой пользователь и пускает ли его pg_hba.conf?"),
            PostgresErrorCodes.InvalidCatalogName => (
                "there is no such database. Make it: sudo -u postgres createdb -O USER DATABASE",
                "такой базы нет. Создайте её: sudo -u postgres createdb -O ПОЛЬЗОВАТЕЛЬ БАЗА"),
            PostgresErrorCodes.InsufficientPrivilege => (
                $"the user may not do that: {e.MessageText}. Make it the owner: ALTER DATABASE … OWNER TO …",
                $"пользователю не хватает прав: {e.MessageText}. Сделайте его владельцем: ALTER DATABASE … OWNER TO …"),
            PostgresErrorCodes.TooManyConnections => (
                "it has no connection left. Raise max_connections, or lower DATABASE_CONNECTIONS of the nodes",
                "у сервера кончились соединения. Увеличьте max_connections или уменьшите DATABASE_CONNECTIONS у узлов"),
            PostgresErrorCodes.CannotConnectNow => ($"it is not ready yet: {e.MessageText}", $"сервер ещё не готов: {e.MessageText}"),
            PostgresErrorCodes.ReadOnlySqlTransaction => (
                "it takes no writes: this is a standby. Name all hosts in DATABASE_URL and add target_session_attrs=read-write",
                "сервер не принимает запись: это реплика. Перечислите в DATABASE_URL все серверы и добавьте target_session_attrs=read-write"),
            _ => (e.MessageText, e.MessageText),
        };
        return new($"{place}: {english}", e) { InRussian = $"{place}: {russian}", MayPass = PostgresErrors.IsOfTheMoment(e) };
    }
}
