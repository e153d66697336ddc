using System.Text;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor;

/// <summary>All that the doctor can find, as the documentation shows it.</summary>
public static class DoctorTable
{
    /// <summary>The whole of <c>docs/doctor.md</c>.</summary>
    public static string Document() =>
        $$"""
        # optfm doctor

        `sudo optfm doctor` looks at the whole installation and tells of each finding what it is, why it matters and the command that mends it.
        It changes nothing. It sends two deliveries to the bot's own public address, one with a wrong secret; the bot refuses both and stores
        nothing, and the refused secret leaves one warning in its log. It ends within twenty seconds, without Internet too. No secret is printed.

        Exit code: `0` all well, `1` warnings, `2` failures. What could not be checked does not change it.
        `--json` prints `{"version", "time", "level", "findings": [{"id", "level", "area", "what", "why", "mend"}]}`; `level` is `ok`, `unchecked`,
        `warning` or `failure`. The ids below are stable; texts are in the administrator's language and may change.
        Generated from the code: do not edit. `UPDATE_APPROVED=1 ./dev test` writes it anew.

        `sudo optfm doctor` осматривает всю установку и о каждой находке говорит: что это, почему это важно и какая команда это исправит.
        Он ничего не меняет. На публичный адрес бота он шлёт две доставки, одну — с неверным секретом; бот отклоняет обе и ничего не
        сохраняет, а неверный секрет оставляет в журнале одно предупреждение. Осмотр занимает не больше двадцати секунд, и без интернета тоже.
        Секреты не печатаются. Код выхода: `0` — всё в порядке, `1` — предупреждения, `2` — ошибки.

        ## In English

        {{Markdown(AdministratorLanguage.English)}}
        ## По-русски

        {{Markdown(AdministratorLanguage.Russian)}}
        """;

    private static string Markdown(AdministratorLanguage language)
    {
        var russian = language == AdministratorLanguage.Russian;
        var table = new StringBuilder();
        table.Append(russian ? "| id | Что проверяется | Почему это важно | Чем исправить |\n" : "| id | What is looked at | Why it matters | What mends it |\n");
        table.Append("|---|---|---|---|\n");
        foreach (var diagnosis in CheckList.Diagnoses)
            table.Append($"| `{diagnosis.Id}` | {Cell(diagnosis.Title.In(language))} | {Cell(diagnosis.Why.In(language))} | `{Cell(diagnosis.Mend.In(language))}` |\n");
        return table.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
