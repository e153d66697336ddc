using OptFm.Server.Faq;
using OptFm.Server.Products;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup.Checks;

/// <summary>Whether the shop's files can be read as what they are said to be.</summary>
internal static class ShopFileCheck
{
    private const int MostTold = 5;

    public static Verdict Faq(string path) => Judge(path, (name, bytes) => Of(FaqFile.ReadEntries(name, bytes), entries =>
        Verdict.FineAs($"questions: {entries.Count}", $"вопросов: {entries.Count}")));

    public static Verdict Price(string path) => Judge(path, (name, bytes) => Of(PriceFile.ReadRows(name, bytes), rows =>
        Verdict.FineAs($"products: {rows.Products.Count}", $"товаров: {rows.Products.Count}")));

    private static Verdict Of<T>(FileReading<T> reading, Func<T, Verdict> fine)
        where T : class
    {
        if (reading.Value is { } value) return fine(value);
        return Verdict.Refused(Told(reading, AdministratorLanguage.English), Told(reading, AdministratorLanguage.Russian));
    }

    private static string Told<T>(FileReading<T> reading, AdministratorLanguage language)
        where T : class => string.Join("\n    ", reading.Problems.Take(MostTold).Select(p => p.In(language)));

    private static Verdict Judge(string path, Func<string, byte[], Verdict> judge)
    {
        if (!File.Exists(path)) return Verdict.Refused($"There is no file {path}", $"Файла {path} нет");
        try
        {
            return new FileInfo(path).Length > PriceFile.MostBytes
                ? Verdict.Refused($"{path} is larger than 100 MiB.", $"{path} больше 100 МиБ.")
                : judge(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Verdict.Refused($"{path} cannot be read.", $"{path} не читается.");
        }
    }
}
