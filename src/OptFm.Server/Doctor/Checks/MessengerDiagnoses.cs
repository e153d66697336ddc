namespace OptFm.Server.Doctor.Checks;

/// <summary>What can be wrong with one messenger; the ids begin with its name.</summary>
/// <param name="Key">As in <c>optfm webhook set KEY</c>.</param>
internal sealed record MessengerDiagnoses(string Key, string Name, string TokenSetting, string UrlSetting)
{
    public Diagnosis Token { get; } = new(
        $"{Key}-token", Area.Messengers,
        ($"the bot's token in {Name}", $"токен бота в {Name}"),
        ("Without a valid token the bot neither hears nor answers.", "Без верного токена бот не слышит и не отвечает."),
        $"sudo nano /etc/optfm/optfm.env && sudo systemctl restart optfm   # {TokenSetting}");

    public Diagnosis Api { get; } = new(
        $"{Key}-api", Area.Messengers,
        ($"{Name} can be reached", $"{Name} доступен"),
        ("What cannot be reached cannot be answered; messages wait until it can.", "Пока мессенджер недоступен, ответы ждут."),
        "ping -c 3 1.1.1.1; resolvectl status");

    public Diagnosis Webhook { get; } = new(
        $"{Key}-webhook", Area.Messengers,
        ($"how {Name} hands messages over", $"как {Name} передаёт сообщения"),
        ("Otherwise the messenger has nowhere to deliver to, and the bot hears nothing.", "Иначе мессенджеру некуда доставлять, и бот ничего не слышит."),
        $"sudo optfm webhook set {Key}");

    public Diagnosis Others { get; } = new(
        $"{Key}-webhook-others", Area.Messengers,
        ($"other addresses that {Name} delivers to", $"другие адреса, куда доставляет {Name}"),
        ("Somebody else reads the customers' messages too, perhaps an old installation.", "Сообщения покупателей получает кто-то ещё — возможно, старая установка."),
        $"sudo optfm webhook delete {Key} && sudo optfm webhook set {Key}");

    public Diagnosis Deliveries { get; } = new(
        $"{Key}-deliveries", Area.Messengers,
        ($"what {Name} says of its deliveries", $"что {Name} сообщает о доставках"),
        ("Messages pile up at the messenger, and after a day it drops them.", "Сообщения копятся у мессенджера, а через сутки пропадают."),
        $"sudo optfm doctor   # see delivery; then: sudo optfm webhook set {Key}");

    /// <summary>Found by the running server alone, which has a memory: see <see cref="WatchCheck"/>.</summary>
    public Diagnosis Quarrel { get; } = new(
        $"{Key}-webhook-quarrel", Area.Messengers,
        ($"the subscription in {Name} stays", $"подписка в {Name} не пропадает"),
        ("Somebody else with the bot's token removes it each time: another server, or a program that polls.", "Кто-то ещё с токеном бота каждый раз её удаляет: другой сервер или программа с опросом."),
        $"sudo optfm webhook info {Key}   # then stop the other program, or have a new token made and put it into {TokenSetting}");

    /// <inheritdoc cref="Quarrel"/>
    public Diagnosis Refusals { get; } = new(
        $"{Key}-refusals", Area.Messengers,
        ($"the server takes {Name}'s deliveries", $"сервер принимает доставки {Name}"),
        ("While all are refused nobody is answered; after eight hours of it MAX drops the subscription.", "Пока отклоняются все, никто не получает ответа; через 8 часов такого MAX удаляет подписку."),
        $"sudo optfm webhook set {Key}");

    public static MessengerDiagnoses Max { get; } = new("max", "MAX", "MAX_API_KEY", "MAX_WEBHOOK_URL");

    public static MessengerDiagnoses Telegram { get; } = new("telegram", "Telegram", "TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_URL");

    public IReadOnlyList<Diagnosis> All => [Token, Api, Webhook, Others, Deliveries];
}
