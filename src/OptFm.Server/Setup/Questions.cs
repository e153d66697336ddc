using OptFm.Server.Channels.Max;
using OptFm.Server.Channels.Telegram;
using OptFm.Server.Faq;
using OptFm.Server.Operations;
using OptFm.Server.Products;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup;

/// <summary>THE list of questions, in the order in which they are asked.</summary>
internal static class Questions
{
    public static readonly Question Language = new(ServerSettings.Language.Name, new("Language of messages", "Язык сообщений"), new("In which language the bot talks to you, the administrator.", "На каком языке бот говорит с вами, администратором.")) { Options = ["ru", "en"] };

    public static readonly Question Max = new("MAX", new("The bot in MAX", "Бот в MAX"), new("official: MAX's own API (platform-api2.max.ru). compat: an API like Telegram's (max-api.chat). off: no bot in MAX.", "official — API самого MAX (platform-api2.max.ru). compat — API, похожий на Telegram (max-api.chat). off — бота в MAX нет.")) { Options = ["official", "compat", "off"] };
    public static readonly Question MaxAddress = new(MaxOptions.BaseUrl.Name, new("Address of the MAX API", "Адрес MAX API"), new("Where the API is; right as it is.", "Где находится API; менять не нужно.")) { Asked = false };
    public static readonly Question MaxCertificates = new(MaxOptions.CaFile.Name, new("File with the Russian Trusted Root CA (PEM)", "Файл корневого сертификата Минцифры (PEM)"), new("MAX's certificate is signed by it. Download it from https://www.gosuslugi.ru/crt (Linux, .pem or .crt) and put it on this machine; it is copied to /etc/optfm and trusted for MAX alone.", "Им подписан сертификат MAX. Скачайте его на https://www.gosuslugi.ru/crt (для Linux, .pem или .crt) и положите на эту машину; он будет скопирован в /etc/optfm и действует только для MAX.")) { MayBeEmpty = true };
    public static readonly Question MaxToken = new(MaxOptions.ApiKey.Name, new("Token of the bot in MAX", "Токен бота в MAX"), new("official: business.max.ru → Chat bots → your bot → Integration → Get token. compat: the key from https://max-api.chat.", "official: business.max.ru → Чат-боты → ваш бот → Интеграция → Получить токен. compat: ключ с https://max-api.chat.")) { Secret = true };
    public static readonly Question MaxSecret = new(MaxOptions.SecretSetting.Name, new("Secret of MAX's webhook", "Секрет вебхука MAX"), new("Made by setup unless one is set.", "Создаётся сам, если ещё не задан.")) { Secret = true, Asked = false };

    public static readonly Question Telegram = new("TELEGRAM", new("The bot in Telegram", "Бот в Telegram"), new("Whether customers may write in Telegram, too.", "Могут ли покупатели писать и в Telegram.")) { Options = Question.OnOff };
    public static readonly Question TelegramAddress = new(TelegramOptions.BaseUrl.Name, new("Address of the Telegram Bot API", "Адрес Telegram Bot API"), new("For a server of your own; right as it is.", "Для своего сервера; менять не нужно.")) { Asked = false };
    public static readonly Question TelegramToken = new(TelegramOptions.BotToken.Name, new("Token of the bot in Telegram", "Токен бота в Telegram"), new("From @BotFather in Telegram: /newbot, or /token for a bot that you have. It looks like 123456789:AA…", "От @BotFather в Telegram: /newbot или /token для готового бота. Выглядит как 123456789:AA…")) { Secret = true };
    public static readonly Question TelegramSecret = new(TelegramOptions.SecretSetting.Name, new("Secret of Telegram's webhook", "Секрет вебхука Telegram"), new("Made by setup unless one is set.", "Создаётся сам, если ещё не задан.")) { Secret = true, Asked = false };

    public static readonly Question WebPage = new("WEB_PAGE", new("The chat page on the web", "Страница чата на сайте"), new("Whether anybody may write to the bot at https://your-domain/.", "Можно ли писать боту на странице https://ваш-домен/.")) { Options = Question.OnOff };
    public static readonly Question Domain = new("DOMAIN", new("Domain of the bot", "Домен бота"), new("Such as bot.example.ru; its DNS record A must name this machine. Messengers deliver there.", "Например, bot.example.ru; DNS-запись A должна указывать на эту машину. Туда доставляют мессенджеры.")) { MayBeEmpty = true };
    public static readonly Question Nginx = new("NGINX", new("Set up nginx", "Настроить nginx"), new("off: another proxy passes https on to the bot.", "off: https к боту передаёт другой прокси.")) { Options = Question.OnOff, Asked = false };
    public static readonly Question Certificate = new("CERTIFICATE", new("Certificate for the domain", "Сертификат для домена"), new("certbot: a free one from Let's Encrypt, renewed by itself. Or the path of a PEM file with the full chain.", "certbot — бесплатный от Let's Encrypt, обновляется сам. Или путь к файлу PEM с полной цепочкой."));
    public static readonly Question CertificateKey = new("CERTIFICATE_KEY", new("Key of the certificate", "Ключ сертификата"), new("Path of the PEM file with the private key.", "Путь к файлу PEM с закрытым ключом."));
    public static readonly Question CertbotEmail = new("CERTBOT_EMAIL", new("E-mail for Let's Encrypt", "Почта для Let's Encrypt"), new("Let's Encrypt's terms are accepted in your name: https://letsencrypt.org/repository/. Enter: without an address.", "Условия Let's Encrypt принимаются от вашего имени: https://letsencrypt.org/repository/. Enter — без адреса.")) { MayBeEmpty = true };

    public static readonly Question FaqFile = new(FaqOptions.File.Name, new("File with questions and answers", "Файл вопросов и ответов"), new("Enter: as it is (at first the demo, to be edited at leisure).", "Enter — как есть (сначала демонстрационный, поправите позже)."));
    public static readonly Question PriceFile = new(PriceOptions.File.Name, new("Price list", "Прайс-лист"), new("Path of a .xls, .xlsx or .csv file. Enter: none for now.", "Путь к файлу .xls, .xlsx или .csv. Enter — пока без него.")) { MayBeEmpty = true };

    public static readonly Question BackupFolder = new("BACKUP_DIR", new("Folder for backups", "Папка резервных копий"), new("A copy of database and settings is put there every night.", "Туда каждую ночь кладётся копия базы и настроек."));
    public static readonly Question BackupDays = new("BACKUP_KEEP_DAYS", new("Keep backups for how many days", "Сколько дней хранить копии"), new("0: for ever.", "0 — всегда."));

    public static readonly Question Firewall = new("FIREWALL", new("Turn the firewall on (ufw)", "Включить брандмауэр (ufw)"), new("Leaves open: your ssh, 80 and 443.", "Останутся открыты: ваш ssh, 80 и 443.")) { Options = Question.OnOff };
    public static readonly Question Fail2Ban = new("FAIL2BAN", new("Ban who probes the site (fail2ban)", "Блокировать взломщиков (fail2ban)"), new("A messenger is never banned.", "Мессенджеры не блокируются никогда.")) { Options = Question.OnOff };
    public static readonly Question Upgrades = new("UPGRADES", new("Install the system's security updates by itself", "Ставить обновления безопасности системы автоматически"), new("By unattended-upgrades.", "Через unattended-upgrades.")) { Options = Question.OnOff };

    public static readonly Question AdminToken = new(HttpOptions.AdminToken.Name, new("Administrator's token", "Токен администратора"), new("Made by setup unless one is set.", "Создаётся сам, если ещё не задан.")) { Secret = true, Asked = false };

    public static IReadOnlyList<Question> All { get; } =
    [
        Language, Max, MaxAddress, MaxCertificates, MaxToken, MaxSecret, Telegram, TelegramAddress, TelegramToken, TelegramSecret, WebPage, Domain,
        Nginx, Certificate, CertificateKey, CertbotEmail, FaqFile, PriceFile, BackupFolder, BackupDays, Firewall, Fail2Ban, Upgrades, AdminToken,
    ];
}
