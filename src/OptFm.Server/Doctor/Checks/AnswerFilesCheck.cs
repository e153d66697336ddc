using OptFm.Server.Answers;
using OptFm.Server.Faq;
using OptFm.Server.Products;
using OptFm.Server.Settings;

namespace OptFm.Server.Doctor.Checks;

/// <summary>The files that the shop edits: readable by the service, and in a form the bot takes.</summary>
internal sealed class AnswerFilesCheck : ICheck
{
    private static readonly Words Stale = ("The bot goes on with the last good version, and after a restart has none.", "Бот работает с последней верной версией, а после перезапуска останется без неё.");

    private static readonly Diagnosis Faq = new("faq-file", Area.Answers, ("questions and answers", "вопросы и ответы"), Stale, "sudo nano /etc/optfm/faq.json && sudo optfm faq check");
    private static readonly Diagnosis Phrases = new("phrases-file", Area.Answers, ("the bot's phrases", "фразы бота"), Stale, "sudo nano /etc/optfm/phrases.ru.json");
    private static readonly Diagnosis Price = new("price-file", Area.Answers, ("the price list", "прайс-лист"), ("Without it nobody finds goods and prices.", "Без него не найти ни товаров, ни цен."), "sudo optfm price import FILE");

    private static readonly Diagnosis Golden = new(
        "golden-file", Area.Answers,
        ("golden questions", "золотые вопросы"),
        ("A changed FAQ that breaks one of them does not go live.", "Изменённый FAQ, который ломает хоть один из них, не вступает в силу."),
        "sudo optfm faq check");

    public IReadOnlyList<Diagnosis> Diagnoses { get; } = [Faq, Phrases, Golden, Price];

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken stop)
    {
        var (faq, price) = (context.Settings.Faq, context.Settings.Price);
        var findings = new List<Finding>
        {
            await LookAsync(Faq, faq.FaqFile, "sudo nano {0} && sudo optfm faq check", bytes => Said.Of(FaqFile.ReadEntries(faq.FaqFile, bytes)), context, stop),
            await LookAsync(Phrases, faq.PhrasesFile, "sudo nano {0}", bytes => Said.Of(PhrasesFile.Read(faq.PhrasesFile, bytes)), context, stop),
        };
        if (faq.NamedGoldenFile is not null || File.Exists(faq.GoldenFile)) findings.Add(await GoldenAsync(context, stop));
        if (File.Exists(price.PriceFile))
            findings.Add(await LookAsync(Price, price.PriceFile, "sudo optfm price import FILE", bytes => Said.Of(PriceFile.ReadRows(price.PriceFile, bytes)), context, stop));
        return findings;
    }

    /// <param name="mend">The command; {0} is the file.</param>
    private static async Task<Finding> LookAsync(
        Diagnosis about, string file, string mend, Func<byte[], Said> read, DoctorContext context, CancellationToken stop)
    {
        if (!File.Exists(file) && context.Settings.Storage.Postgres is not null)
            return about.Unchecked(($"{file} is not there: this node answers from the database", $"{file}: такого файла нет, этот узел отвечает из базы"));
        if (!File.Exists(file)) return about.Failure(($"{file} is not there", $"{file}: такого файла нет"), string.Format(mend, file));
        if (await ServiceAccess.IsReadableAsync(context, file, stop) == false)
            return about.Failure(($"{file} cannot be read by the service (user {context.ServiceUser})", $"{file} не может прочесть служба (пользователь {context.ServiceUser})"), ServiceAccess.Mend(context, file));

        var said = await ReadAsync(file, read, stop);
        if (said.Problems.Count > 0) return about.Failure(FirstOf(said.Problems), string.Format(mend, file));
        return said.Warnings.Count > 0 ? about.Warning(FirstOf(said.Warnings), string.Format(mend, file)) : about.Ok();
    }

    private static Words FirstOf(IReadOnlyList<FileProblem> problems)
    {
        var more = problems.Count - 1;
        return (problems[0].InEnglish + (more > 0 ? $" (and {more} more)" : ""), problems[0].InRussian + (more > 0 ? $" (и ещё {more})" : ""));
    }

    private static async Task<Said> ReadAsync(string file, Func<byte[], Said> read, CancellationToken stop)
    {
        try
        {
            return read(await File.ReadAllBytesAsync(file, stop));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new([new(file, "cannot be read", "не читается")], []);
        }
    }

    private static async Task<Finding> GoldenAsync(DoctorContext context, CancellationToken stop)
    {
        var faq = context.Settings.Faq;
        GoldenFile? golden = null;
        var look = await LookAsync(
            Golden,
            faq.GoldenFile,
            "sudo nano {0}",
            bytes =>
            {
                var reading = GoldenFile.Read(faq.GoldenFile, bytes);
                golden = reading.Value;
                return Said.Of(reading);
            },
            context,
            stop);
        return golden is null ? look : await ReplayAsync(golden, faq, stop) ?? look;
    }

    private static async Task<Finding?> ReplayAsync(GoldenFile golden, FaqOptions options, CancellationToken stop)
    {
        if (!File.Exists(options.FaqFile)) return null;
        var faq = FaqFile.Read(options.FaqFile, await File.ReadAllBytesAsync(options.FaqFile, stop)).Value;
        if (faq is null) return null;

        var broken = GoldenReplay.Differences(golden, faq, null).Count;
        if (broken == 0) return null;
        return Golden.Failure(($"{options.FaqFile} breaks {broken} golden questions of {golden.Questions.Count}", $"{options.FaqFile} ломает золотые вопросы: {broken} из {golden.Questions.Count}"));
    }

    /// <summary>What a reader says of a file.</summary>
    private sealed record Said(IReadOnlyList<FileProblem> Problems, IReadOnlyList<FileProblem> Warnings)
    {
        public static Said Of<T>(FileReading<T> reading)
            where T : class => new(reading.Problems, reading.Warnings);
    }
}
