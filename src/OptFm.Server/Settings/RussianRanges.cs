namespace OptFm.Server.Settings;

/// <summary>The <see cref="Setting.Range"/> of every setting in Russian. Ranges repeat, so each is translated once.</summary>
internal static class RussianRanges
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["an address of this machine"] = "адрес этой машины",
        ["0–65535, 0 = any free one"] = "0–65535, 0 — любой свободный",
        ["16 characters or more"] = "16 знаков или больше",
        ["addresses or networks, comma-separated"] = "адреса или сети через запятую",
        ["path of a folder"] = "путь к папке",
        ["path of a file"] = "путь к файлу",
        ["path of a file or empty"] = "путь к файлу или пусто",
        ["path of a JSON file"] = "путь к файлу JSON",
        ["path of a .tsv file, or empty"] = "путь к файлу .tsv или пусто",
        ["path of a .xls, .xlsx or .csv file, or empty"] = "путь к файлу .xls, .xlsx или .csv или пусто",
        ["path of a PEM file"] = "путь к файлу PEM",
        ["sqlite:PATH, postgresql://USER:PASSWORD@HOST/DATABASE or empty"] = "sqlite:ПУТЬ, postgresql://ПОЛЬЗОВАТЕЛЬ:ПАРОЛЬ@СЕРВЕР/БАЗА или пусто",
        ["the bot's token"] = "токен бота",
        ["http(s) address"] = "адрес http(s)",
        ["https address"] = "адрес https",
        ["official, compat or empty"] = "official, compat или пусто",
        ["grpc or http/protobuf"] = "grpc или http/protobuf",
        ["name=value, comma-separated"] = "имя=значение через запятую",
        ["a name of OpenTelemetry's"] = "имя из OpenTelemetry",
        ["a name"] = "имя",
        ["webhook or polling"] = "webhook или polling",
        ["5–256 of A-Z a-z 0-9 _ - for the official API"] = "для официального API — 5–256 знаков A-Z a-z 0-9 _ -",
        ["1–256 of A-Z a-z 0-9 _ -"] = "1–256 знаков A-Z a-z 0-9 _ -",
        ["true or false"] = "true или false",
        ["on or off"] = "on или off",
        ["ru, en or empty"] = "ru, en или пусто",
        ["7–36500 days, 0 = for ever"] = "7–36500 дней, 0 — хранить всегда",
        ["0–36500 days, 0 = for ever"] = "0–36500 дней, 0 — хранить всегда",
        ["age1…, a gpg key, a path of a public gpg key, or empty"] = "age1…, ключ gpg, путь к открытому ключу gpg или пусто",
        ["1–120 seconds"] = "1–120 секунд",
        ["1–3600 seconds"] = "1–3600 секунд",
        ["repair, warn or off"] = "repair, warn или off",
        ["1–720 hours"] = "1–720 часов",
        ["0–100000 per minute, 0 = no limit"] = "0–100000 в минуту, 0 — без предела",
        ["0–1000 per second, 0 = no limit"] = "0–1000 в секунду, 0 — без предела",
        ["DEBUG, INFO, WARNING or ERROR"] = "DEBUG, INFO, WARNING или ERROR",
        ["DEBUG, INFO, WARNING, ERROR or empty"] = "DEBUG, INFO, WARNING, ERROR или пусто",
    };

    /// <summary>A range without a word, such as <c>1–20</c>, is its own translation.</summary>
    public static string Of(Setting setting) => Texts.GetValueOrDefault(setting.Range, setting.Range);
}
