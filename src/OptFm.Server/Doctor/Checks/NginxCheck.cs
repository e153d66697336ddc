namespace OptFm.Server.Doctor.Checks;

/// <summary>nginx in front of the bot: there, its configuration good, the site in it, its limits wide enough for a messenger.</summary>
internal sealed class NginxCheck : ICheck
{
    private static readonly Diagnosis Configuration = new(
        "nginx", Area.Delivery,
        ("nginx and its configuration", "nginx и его конфигурация"),
        ("nginx speaks TLS to the messengers; with a broken configuration it does not start again.", "nginx говорит с мессенджерами по TLS; со сломанной конфигурацией он не запустится снова."),
        "sudo nginx -t");

    private static readonly Diagnosis Site = new(
        "nginx-site", Area.Delivery,
        ("the bot's site in nginx", "сайт бота в nginx"),
        ("Without it nginx answers 404 to every delivery.", "Без него nginx отвечает на каждую доставку 404."),
        "sudo ln -sf ../sites-available/optfm /etc/nginx/sites-enabled/optfm && sudo nginx -t && sudo systemctl reload nginx");

    private static readonly Diagnosis Limits = new(
        "nginx-limits", Area.Delivery,
        ("nginx's limits on deliveries", "ограничения nginx на доставки"),
        ("Messengers deliver everybody's messages from a few addresses: under load nginx would refuse genuine ones.", "Мессенджеры доставляют сообщения всех покупателей с нескольких адресов: под нагрузкой nginx отклонит настоящие."),
        "sudo nano /etc/nginx/sites-available/optfm   # rate=300r/s, burst=1500 nodelay; sudo nginx -t && sudo systemctl reload nginx");

    private static readonly Diagnosis Body = new(
        "nginx-body", Area.Delivery,
        ("nginx's limit on a delivery's size", "ограничение nginx на размер доставки"),
        ("A long message is answered 413 and repeated until it is dropped.", "Длинное сообщение получает 413 и повторяется, пока не пропадёт."),
        "sudo nano /etc/nginx/sites-available/optfm   # client_max_body_size 1m; sudo nginx -t && sudo systemctl reload nginx");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Configuration, Site, Limits, Body];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        if (context.SettingsUsable && !WebhookAddress.All(context.Settings).Any()) return [];
        if (!context.HasProgram("nginx")) return context.Installed ? [NotThere()] : [];
        if (!context.IsRoot) return [Configuration.NeedsRoot()];

        var whole = await context.RunAsync("nginx", ["-T"], stop);
        if (whole.TimedOut) return [Configuration.Unchecked(("nginx -T does not end", "nginx -T не заканчивается"))];
        return whole.Succeeded ? Judge(whole.Output, context.Settings.Http.ListenPort) : [Broken(whole.Output)];
    }

    private static Finding NotThere() => Configuration.Warning(
        ("nginx is not installed: something else must speak TLS to the messengers", "nginx не установлен: по TLS с мессенджерами должно говорить что-то другое"), "sudo apt install nginx && sudo optfm setup");

    /// <summary>nginx names the file and the line itself: "nginx: [emerg] unknown directive … in /etc/nginx/…:12".</summary>
    private static Finding Broken(string output)
    {
        var line = output.Split('\n').FirstOrDefault(l => l.Contains("[emerg]", StringComparison.Ordinal)) ?? output.Split('\n')[0];
        var said = line.Replace("nginx: [emerg] ", "", StringComparison.Ordinal).Trim();
        return Configuration.Failure(($"nginx's configuration is broken: {said}", $"конфигурация nginx сломана: {said}"));
    }

    private static IReadOnlyList<Finding> Judge(string text, int port)
    {
        var configuration = NginxConfiguration.Parse(text);
        var deliveries = configuration.Locations.Where(location => location.Path.Contains("/webhook/", StringComparison.Ordinal) && location.Path.IndexOf("/status", StringComparison.Ordinal) < 0).ToList();
        // A site of the administrator's own may pass everything on: whether it does, the delivery itself tells.
        if (deliveries.Count == 0 && !configuration.Speaks($":{port}") && !configuration.Speaks("/webhook/"))
            return [Configuration.Ok(), Site.Failure(("no site of nginx passes /webhook/ on to the bot", "ни один сайт nginx не передаёт /webhook/ боту"))];

        return [Configuration.Ok(), Site.Ok(), JudgeLimits(configuration, deliveries), JudgeBody(configuration, deliveries)];
    }

    private static Finding JudgeLimits(NginxConfiguration configuration, List<NginxLocation> deliveries)
    {
        const double least = 30;
        foreach (var zone in deliveries.SelectMany(location => location.LimitZones))
        {
            if (configuration.Rates.TryGetValue(zone, out var rate) && rate < least)
                return Limits.Failure(($"nginx lets {rate:0.##} deliveries a second through (limit_req zone={zone}); a messenger bursts a hundred", $"nginx пропускает {rate:0.##} доставок в секунду (limit_req zone={zone}), а мессенджер присылает до сотни"));
        }

        return Limits.Ok();
    }

    private static Finding JudgeBody(NginxConfiguration configuration, List<NginxLocation> deliveries)
    {
        const long least = 256 * 1024;
        var smallest = deliveries.Select(location => location.MostBytes).Concat(configuration.MostBytes).Where(bytes => bytes > 0).DefaultIfEmpty(least).Min();
        return smallest >= least ? Body.Ok() : Body.Warning(($"nginx refuses deliveries above {smallest / 1024} kB", $"nginx отклоняет доставки больше {smallest / 1024} КБ"));
    }
}
