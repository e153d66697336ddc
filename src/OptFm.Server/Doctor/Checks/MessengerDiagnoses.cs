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

    public IReadOnlyList<Diagnosis> All => [Token, Api, Webhook, Others, Deliveries];
}
