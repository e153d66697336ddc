using OptFm.Server.Faq;
using OptFm.Server.Products;

namespace OptFm.Server.Tests.Faq;

/// <summary>A folder of its own with an FAQ file and the shipped phrases, as a shop edits them.</summary>
internal sealed class ShopFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-faq-");

    public ShopFolder()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "data", "phrases.ru.json"), Phrases);
        Write("Первый ответ");
    }

    public string Faq => Path.Combine(_folder.FullName, "faq.json");

    /// <summary>Where a golden file is looked for; there is none at first.</summary>
    public string Golden => Path.Combine(_folder.FullName, "faq.golden.tsv");

    public string Phrases => Path.Combine(_folder.FullName, "phrases.json");

    public FaqOptions Options => new() { FaqFile = Faq, PhrasesFile = Phrases };

    /// <summary>There is none at first.</summary>
    public PriceOptions Price => new() { PriceFile = Path.Combine(_folder.FullName, "price.csv"), ImportTarget = Path.Combine(_folder.FullName, "price.csv") };

    public static string Json(string answer) => $$"""[{"id": 1, "question": "Как?", "keywords": ["как"], "answer": "{{answer}}"}]""";

    public void Write(string answer) => File.WriteAllText(Faq, Json(answer));

    /// <summary>As editors and deployment tools do: a new file takes the name of the old one.</summary>
    public void Replace(string answer)
    {
        File.WriteAllText(Faq + ".tmp", Json(answer));
        File.Move(Faq + ".tmp", Faq, overwrite: true);
    }

    public ShopFolder WithoutFaq()
    {
        File.Delete(Faq);
        return this;
    }

    /// <summary>Other phrases than came with the program.</summary>
    public void WriteOwnPhrases() => File.WriteAllText(Phrases, File.ReadAllText(Phrases) + "\n");

    public void Dispose() => _folder.Delete(recursive: true);
}
