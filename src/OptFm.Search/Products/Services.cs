using System.Collections.Frozen;
using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>Words for what is done with goods: whoever asks to replace a display does not ask for the display.</summary>
internal static class Services
{
    private const string Words = """
        замена замены замену заменить замените поменять поменяете ремонт ремонта ремонтируете отремонтировать починить почините починка установка установить
        установите диагностика прошивка прошить разблокировка разблокировать настройка настроить чистка почистить гарантия гарантии возврат вернуть обмен
        обменять доставка доставки доставить доставляете самовывоз оплата оплатить адрес график работаете работы режим филиал
        """;

    private static readonly FrozenSet<string> Stems =
        Words.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(word => TextAnalyzer.ReadWord(word).Stem).ToFrozenSet();

    public static bool Contains(string stem) => Stems.Contains(stem);
}
