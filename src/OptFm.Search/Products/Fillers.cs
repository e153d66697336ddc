using System.Collections.Frozen;
using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>Words around a wish that say nothing about the goods.</summary>
internal static class Fillers
{
    private const string Buying = """
        цена цены ценник стоимость стоит стоят почем прайс прайса прайсе купить куплю покупаю взять возьму заказать закажу заказ приобрести продаете продается
        наличие наличии налич остатки опт оптом оптовая розница недорого недорогой недорогие дешево дешевый дешевые подешевле дорого бюджетный бюджетные хороший
        хорошие качественный нормальный новый новые любой любая любые разные разный вариант варианты модели найти найдите ищу поищите покажите посмотреть
        показать скиньте пришлите отправьте предложите подберите подскажите интересуют требуется требуются срочно сколько скок шт штук штука штуки штуку
        клиент клиента клиенту заказчик заказчику магазин киоск мастерская найдется найдутся продажа продаже продажу имеется завоз поступление приехали привезли ассортимент
        дюйм дюйма дюймов дюймовый дюймовая хватает осталось остался посоветуете посоветуйте готов готовы возьмем берем беру список
        внуку внучке дочке дочери сыну маме папе бабушке дедушке жене мужу ребенку рождения подарок подарить подарка
        упаковка упаковок коробка пачка пачек пару пара рублей рубль руб код артикул арт номер товар товара позиция позиции
        """;

    private const string Devices = """
        телефон телефона телефону телефоны телефонов смартфон смартфона смартфоны мобильный мобильного мобилка аппарат аппарата устройство
        устройства гаджет
        """;

    private const string Attributes = """
        модель цвет цвета длина длиной ширина диаметр емкость емкостью мощность мощностью объем объемом толщина диагональ вес комплект комплекте фирма фирмы марка бренд компании размер
        """;

    private static readonly FrozenSet<string> BuyingStems = Stems(Buying);
    private static readonly FrozenSet<string> DeviceStems = Stems(Devices);
    private static readonly FrozenSet<string> AttributeStems = Stems(Attributes);

    public static bool Contains(string stem) => BuyingStems.Contains(stem);

    /// <summary>Words that seldom stand in a name though the goods are meant for it.</summary>
    public static bool IsSoft(string stem) => DeviceStems.Contains(stem) || AttributeStems.Contains(stem);

    /// <summary>A telephone, which goods are for unless nothing else is asked for.</summary>
    public static bool IsDevice(string stem) => DeviceStems.Contains(stem);

    private static FrozenSet<string> Stems(string words) =>
        words.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(word => TextAnalyzer.ReadWord(word).Stem).ToFrozenSet();
}
