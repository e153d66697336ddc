using OptFm.Server.Channels.Http;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>Telegram's words for a failed delivery in plain ones, with what mends it. The words are seen in practice; the API documents none.</summary>
/// <param name="What">What is wrong; Telegram's own words where they are not known.</param>
/// <param name="Mend">The command; null where none is better than the usual one.</param>
internal sealed record DeliveryErrors(Words What, Words? Mend)
{
    private static readonly (string Said, Words What, string? Mend)[] Known =
    [
        ("certificate verify failed", ("it does not trust the certificate of the public address", "сертификату публичного адреса не доверяют"), "sudo optfm doctor   # certificate-chain, certificate-dates"),
        ("SSL error", ("TLS with the public address fails", "TLS с публичным адресом не устанавливается"), "sudo optfm doctor   # certificate-tls"),
        ("Connection refused", ("nobody listens at the public address: nginx is not running, or the firewall refuses", "по публичному адресу никто не слушает: nginx не работает или мешает межсетевой экран"), "sudo systemctl start nginx; sudo ufw allow 443/tcp"),
        ("Connection timed out", ("the public address does not answer: a firewall is in between, or the name points elsewhere", "публичный адрес не отвечает: мешает межсетевой экран или имя указывает не туда"), "sudo ufw allow 443/tcp; sudo optfm doctor"),
        ("Connection reset", ("the public address breaks connections off", "публичный адрес обрывает соединение"), "sudo nginx -t && sudo systemctl reload nginx; sudo tail /var/log/nginx/optfm-error.log"),
        ("Read timeout", ("the public address accepts deliveries and does not answer in time", "публичный адрес принимает доставку и не отвечает вовремя"), "sudo systemctl status optfm; sudo optfm doctor"),
        ("resolve host", ("the domain of the public address is not found in DNS", "домен публичного адреса не находится в DNS"), "sudo optfm doctor   # webhook-dns"),
        ("response from the webhook: 401", ("the server refuses the secret: the one at the messenger is not the one of the settings", "сервер не принимает секрет: у мессенджера он не тот, что в настройках"), null),
        ("response from the webhook: 403", ("deliveries are refused for their address or by nginx", "доставки отклоняются по адресу отправителя или в nginx"), "sudo fail2ban-client status; sudo tail /var/log/nginx/optfm-error.log"),
        ("response from the webhook: 404", ("nginx does not pass deliveries on to the bot", "nginx не передаёт доставки боту"), "sudo ln -sf ../sites-available/optfm /etc/nginx/sites-enabled/optfm && sudo nginx -t && sudo systemctl reload nginx"),
        ("response from the webhook: 429", ("nginx refuses deliveries for their rate", "nginx отклоняет доставки из-за частоты"), "sudo nginx -T | grep -n limit_req"),
        ("response from the webhook: 502", ("nginx does not reach the bot", "nginx не достигает бота"), "sudo systemctl start optfm; sudo journalctl -u optfm -n 50"),
        ("response from the webhook: 504", ("nginx does not reach the bot", "nginx не достигает бота"), "sudo systemctl start optfm; sudo journalctl -u optfm -n 50"),
        ("response from the webhook: 503", ("the server cannot store updates now", "сервер сейчас не может сохранять обновления"), "sudo optfm doctor   # database, disk"),
        ("response from the webhook: 3", ("the public address redirects elsewhere, where messengers do not follow", "публичный адрес перенаправляет, а мессенджеры за ним не идут"), "sudo nginx -t && sudo systemctl reload nginx"),
    ];

    /// <param name="said">As the messenger wrote it.</param>
    /// <param name="key">Of the messenger, as in <c>optfm webhook set KEY</c>.</param>
    public static DeliveryErrors Of(string said, string key)
    {
        var own = RefusalReason.Clean(said, "");
        var (known, what, mend) = Array.Find(Known, error => said.Contains(error.Said, StringComparison.OrdinalIgnoreCase));
        return known is null
            ? new(own, null)
            : new(($"{what.English} ({own})", $"{what.Russian} ({own})"), mend ?? $"sudo optfm webhook set {key}");
    }
}
