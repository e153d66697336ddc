namespace OptFm.Search.Tests.HostileText;

/// <summary>What nobody who wants an answer sends, each as long as a messenger lets it be.</summary>
internal static class HostileTexts
{
    private const int Length = 4000;

    /// <summary>A message as customers send them.</summary>
    public const string Ordinary = "Здравствуйте, подскажите, сколько стоит доставка дисплея на айфон 11 в Кохму и можно ли оплатить картой?";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["nothing"] = "",
        ["spaces"] = new(' ', Length),
        ["line breaks"] = new('\n', Length),
        ["one Cyrillic letter"] = new('а', Length),
        ["one Latin letter"] = new('x', Length),
        ["one digit"] = new('9', Length),
        ["only emoji"] = Repeat("😀☎️"),
        ["right to left"] = Repeat("\u202eдоставка עברית عربى \u200f"),
        ["lone surrogates"] = Repeat("\ud83dдоставка\udc00 "),
        ["zero width"] = Repeat("\u200b\u200d\ufeff"),
        ["marks on nothing"] = Repeat("\u0301\u0306"),
        ["zeros"] = new('\0', Length),
        ["10,000 known words"] = Repeat("доставка ", 90_000),
        ["10,000 unknown words"] = string.Join(' ', Enumerable.Range(0, 10_000).Select(i => $"слово{i}")),
        ["10,000 numbers"] = string.Join(' ', Enumerable.Range(0, 10_000)),
        ["misspelt words"] = Words(1, word => word.Insert(word.Length / 2, "ж")),
        ["glued words"] = Words(2, word => word + "как" + word),
        ["words in the other layout"] = Words(3, OptFm.Search.Text.KeyboardLayout.ToLatin),
        ["random letters"] = Random(4, "оеаинтсрвлкмдпу     "),
        ["random Latin letters"] = Random(5, "etaoinshrdlu     "),
        ["sentences"] = Repeat("Где доставка? "),
        ["SQL"] = Repeat("'; DROP TABLE faq; -- "),
        ["a regular expression"] = Repeat("(a+)+$ [[[ ***\\d{1,9} "),
        ["markup"] = Repeat("<script>alert(1)</script> {{7*7}} ${x} "),
        ["a path"] = Repeat("../../etc/passwd%00"),
        ["price limits"] = Repeat("до 5 от 6 рублей "),
        ["models"] = Repeat("11про/макс а51s "),
    };

    private static string Repeat(string piece, int length = Length) => string.Concat(Enumerable.Repeat(piece, length / piece.Length));

    private static string Words(int seed, Func<string, string> change)
    {
        string[] words = ["доставка", "гарантия", "оплата", "возврат", "самовывоз", "аккумулятор", "дисплей", "регистрация", "менеджер", "скидка"];
        var random = new Random(seed);
        return string.Join(' ', Enumerable.Range(0, Length / 10).Select(_ => change(words[random.Next(words.Length)])));
    }

    private static string Random(int seed, string letters)
    {
        var random = new Random(seed);
        return new string([.. Enumerable.Range(0, Length).Select(_ => letters[random.Next(letters.Length)])]);
    }
}
