using System.Text;

namespace OptFm.Server.Settings;

/// <summary>All settings as the documentation shows them.</summary>
public static class SettingsTable
{
    public static string Markdown(AdministratorLanguage language)
    {
        var russian = language == AdministratorLanguage.Russian;
        var table = new StringBuilder();
        table.Append(russian ? "| Настройка | По умолчанию | Что писать | Смысл |\n" : "| Setting | Default | What to write | Meaning |\n");
        table.Append("|---|---|---|---|\n");
        foreach (var setting in ServerSettings.All)
        {
            var meaning = russian ? setting.MeaningRu : setting.Meaning;
            table.Append($"| `{setting.Name}` | {Default(setting)} | {Cell(russian ? RussianRanges.Of(setting) : setting.Range)} | {Cell(meaning)} |\n");
        }

        return table.ToString();
    }

    /// <summary>The whole of <c>docs/settings.md</c>.</summary>
    public static string Document() =>
        $"""
        # Settings · Настройки

        Read from the environment and from `.env` in the working folder; the environment wins. A blank value means the default.
        A service may get them as systemd's credentials too: `LoadCredential=MAX_API_KEY:/path` wins over the file, not over the environment.
        `optfm config` prints what is in force, with secrets masked, and everything that is wrong.
        Generated from the code: do not edit. `UPDATE_APPROVED=1 ./dev test` writes it anew.

        Читаются из окружения и из файла `.env` в рабочей папке; окружение важнее. Пустое значение — значение по умолчанию.
        Службе их можно дать и как credentials systemd: `LoadCredential=MAX_API_KEY:/путь` важнее файла, но не окружения.
        `optfm config` печатает действующие настройки, скрывая секреты, и все ошибки в них.
        Файл создан по коду: не правьте его. `UPDATE_APPROVED=1 ./dev test` запишет его заново.

        ## In English

        {Markdown(AdministratorLanguage.English)}
        ## По-русски

        {Markdown(AdministratorLanguage.Russian)}
        """;

    private static string Default(Setting setting) => setting.Default.Length == 0 ? "" : $"`{setting.Default}`";

    private static string Cell(string text) => text.Replace("|", "\\|");
}
