using System.Globalization;
using OptFm.Search.Products;

namespace OptFm.Bench.Search;

/// <summary>
/// A price list of any size in the manner of a shop of phone accessories: few things and makers, many models, part numbers and colours;
/// and what its customers would type, with typos, slang, price limits, codes and things it has not.
/// </summary>
internal sealed class GeneratedPrice(Random random)
{
    private static readonly string[] Things =
    [
        "Чехол - накладка", "Защитное стекло", "Дисплей", "Аккумулятор", "Чехол - книжка", "Шлейф", "Задняя крышка", "Тачскрин", "Камера основная",
        "Разъем зарядки", "Динамик", "Стекло задней камеры", "Держатель SIM", "Гидрогелевая пленка", "Рамка дисплея", "Стекло для переклейки",
    ];

    private static readonly string[] Goods =
    [
        "Кабель USB - USB-C", "Наушники внутриканальные", "Колонка портативная", "СЗУ", "АЗУ", "Аккумулятор внешний", "Автодержатель", "Мышь беспроводная",
        "Клавиатура", "Флешка", "Карта памяти", "Ремешок", "Переходник", "Монопод", "FM модулятор", "Коврик",
    ];

    private static readonly string[] Phones =
        ["iPhone", "Samsung Galaxy", "Xiaomi Redmi", "Xiaomi Redmi Note", "Honor", "Huawei", "Realme", "Tecno Spark", "Infinix Hot", "Vivo", "Oppo", "Nokia", "iPad", "Poco"];

    private static readonly string[] Marks = ["", "", "", " Pro", " Pro Max", " Plus", " Lite", " mini", " Ultra", " 5G"];
    private static readonly string[] Colours = ["черный", "белый", "синий", "красный", "зеленый", "розовый", "прозрачный", "серый", "фиол.", "бел.", "черн."];
    private static readonly string[] Slang = ["чехол", "стекло", "экран", "акб", "книжка", "шлейф", "крышка", "тач", "зарядка", "науши", "колонка", "шнур", "повербанк", "мышка", "холодильник"];
    private static readonly string[] Spoken = ["айфон", "самсунг", "редми", "редми ноут", "хонор", "хуавей", "реалми", "текно", "инфиникс", "vivo", "iphone", "samsung"];
    private readonly string[] _makers = [.. Enumerable.Range(0, 400).Select(_ => Invented(random))];

    public IReadOnlyList<Product> Products(int count) => [.. Enumerable.Range(0, count).Select(Product)];

    public IReadOnlyList<string> Queries(int count, IReadOnlyList<Product> products) => [.. Enumerable.Range(0, count).Select(_ => Query(products[random.Next(products.Count)]))];

    private Product Product(int number)
    {
        var fits = random.Next(3) > 0;
        var name = fits ? Fitting() : Own();
        var price = random.Next(20, 4000);
        var thing = name.Split(" совместим")[0];
        return new($"ТТ-{number:00000000}", name, price, price.ToString(CultureInfo.InvariantCulture), ["Магазин", fits ? "Запчасти и защита" : "Аксессуары", fits ? thing : name.Split(' ')[0]], number + 1);
    }

    private string Fitting() =>
        $"{Zipf(Things)} совместим с {Zipf(Phones)} {Model()}{(random.Next(4) == 0 ? $"/{Model()}" : "")}{(random.Next(5) == 0 ? $" ({Part()})" : "")} {Zipf(_makers)} {Zipf(Colours)}";

    private string Own() => $"{Zipf(Goods)} [{random.Next(1, 5)}A, {random.Next(1, 4)}m, {random.Next(1, 14) * 5}W] {Zipf(_makers)} {Part()} {Zipf(Colours)}";

    private string Model() => $"{(random.Next(2) == 0 ? $"{(char)('A' + random.Next(26))}" : "")}{random.Next(1, 99)}{Zipf(Marks)}";

    private string Part() => $"{(char)('A' + random.Next(26))}{(char)('A' + random.Next(26))}-{random.Next(1, 9999)}";

    private string Query(Product product)
    {
        var words = product.Name.Split([' ', '/', '(', ')', '[', ']', ','], StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("совместим" or "с" or "-")).ToList();
        return random.Next(10) switch
        {
            0 => product.Code.ToLowerInvariant().Replace("-", ""),
            1 => Zipf(Slang),
            2 => $"{Zipf(Slang)} до {random.Next(1, 20) * 100} рублей",
            3 or 4 => $"{Zipf(Slang)} на {Zipf(Spoken)} {Model().ToLowerInvariant()}",
            5 => product.Name,
            6 => Mistyped($"{words[0]} {words[1 % words.Count]}"),
            _ => Mistyped(string.Join(' ', words.Take(random.Next(2, 6))).ToLowerInvariant()),
        };
    }

    private string Mistyped(string text)
    {
        if (text.Length < 6 || random.Next(3) > 0) return text;
        var at = random.Next(1, text.Length - 2);
        return $"{text[..at]}{text[at + 1]}{text[at]}{text[(at + 2)..]}";
    }

    private string Zipf(string[] of) => of[(int)Math.Pow(of.Length, random.NextDouble()) - 1];

    private static string Invented(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(2, 4)).Select(_ => $"{"BCDFGHKLMNPRSTVWXZ"[random.Next(18)]}{"AEIOUY"[random.Next(6)]}"));
}
