using System.Globalization;
using OptFm.Server.Faq;
using OptFm.Server.Products;
using OptFm.Server.Setup.Checks;

namespace OptFm.Server.Setup;

/// <summary>The shop's files, and the copies that are kept of everything.</summary>
internal sealed class ShopQuestions(Asking asking, Draft draft)
{
    private const string DefaultFaq = "/etc/optfm/faq.json";
    private const string DefaultBackups = "/var/backups/optfm";

    public async Task AskAsync(CancellationToken stop)
    {
        var faq = await asking.TextAsync(Questions.FaqFile, Set(FaqOptions.File.Name, DefaultFaq), path => WholePath(path) ?? ShopFileCheck.Faq(draft.Machine.PathOf(path)), stop);
        draft.SetFile(FaqOptions.File.Name, faq, "faq.json", always: false);

        var price = await asking.TextAsync(Questions.PriceFile, Set(PriceOptions.File.Name, ""), path => WholePath(path) ?? ShopFileCheck.Price(draft.Machine.PathOf(path)), stop);
        draft.SetFile(PriceOptions.File.Name, price, $"price{Path.GetExtension(price).ToLowerInvariant()}", always: false);

        draft.Settings[Questions.BackupFolder.Key] = await asking.TextAsync(Questions.BackupFolder, Set(Questions.BackupFolder.Key, DefaultBackups), path => WholePath(path) ?? Verdict.Fine, stop);
        draft.Settings[Questions.BackupDays.Key] = await asking.TextAsync(Questions.BackupDays, Set(Questions.BackupDays.Key, "30"), IsDays, stop);
    }

    private static Verdict? WholePath(string path) => path.StartsWith('/') ? null : Verdict.Refused("The whole path is needed; it begins with /", "Нужен полный путь; он начинается с /");

    private static Verdict IsDays(string answer) => int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36500
        ? Verdict.Fine
        : Verdict.Refused("A whole number of days, 0 to 36500", "Целое число дней, от 0 до 36500");

    private string Set(string name, string otherwise) => draft.Present.Settings.GetValueOrDefault(name, "") is { Length: > 0 } value ? value : otherwise;
}
