using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>What the messengers' clients say of the network, in the administrator's language too.</summary>
internal static class NetworkWords
{
    private static readonly Dictionary<string, string> Russian = new(StringComparer.Ordinal)
    {
        ["the host's name could not be resolved"] = "имя узла не находится в DNS",
        ["the connection was refused or could not be made"] = "соединение не устанавливается",
        ["TLS failed: the host's certificate is not trusted or does not match"] = "сертификату узла нет доверия или он на другое имя",
        ["the proxy refused the connection"] = "прокси отказал в соединении",
        ["the request could not be sent"] = "запрос не удалось отправить",
        ["the connection was lost before the answer came"] = "соединение оборвалось до ответа",
        ["no connection within the time limit"] = "соединение не устанавливается за отведённое время",
        ["no answer within the time limit"] = "нет ответа за отведённое время",
        ["the answer was cut off"] = "ответ оборвался",
    };

    public static Words Of(string reason) => (reason, Russian.GetValueOrDefault(reason) ?? reason.Replace("answered", "ответ", StringComparison.Ordinal));

    /// <summary>Whether the messenger did not answer at all.</summary>
    public static bool IsUnreachable(string reason) => Russian.ContainsKey(reason);
}
