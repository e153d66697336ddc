using FsCheck;
using FsCheck.Fluent;

namespace OptFm.Search.Tests.Text;

/// <summary>Texts of what messages are made of and of what they should not be: half of a character, marks on nothing, any code unit.</summary>
internal static class AnyText
{
    private static readonly Gen<string> Pieces = Gen.Frequency(
        (6, Gen.Elements("доставка", "скооолько", "само", "вывоз", "скольковремени", "оплатв", "ljcnfdrf", "oplata", "а51", "20вт", "11про", "арi", "УТ-00025058")),
        (4, Letters("абвгдежзийклмнопрстуфхцчшщъыьэюя")),
        (2, Letters("abcdefghijklmnopqrstuvwxyz")),
        (3, Gen.Elements(" ", " ", ".", "?", "!\n", ",", "-", "/", "'", ";", "[", "&")),
        (2, Gen.Choose(0, 9999).Select(number => $"{number}")),
        (1, Gen.Elements("\ud83d\ude00", "\ud83d", "\udc00", "\u200b", "\u202e", "\u0301", "и\u0306", "ё", "\ufeff", "\u05d0", "\u0661", "Ａ", "\0")),
        (1, Gen.Choose(char.MinValue, char.MaxValue).Select(code => ((char)code).ToString())));

    public static Arbitrary<string> Of { get; } = Pieces.ArrayOf().Select(string.Concat).ToArbitrary();

    private static Gen<string> Letters(string alphabet) => Gen.Elements(alphabet.ToCharArray()).ArrayOf().Select(letters => new string(letters));
}
