using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OptFm.Search.Faq;
using OptFm.Server.Faq;

namespace OptFm.Server.Answers;

/// <summary>
/// What the bot's buttons send back, at most 64 bytes as Telegram allows (https://core.telegram.org/bots/api#inlinekeyboardbutton):
/// <c>faq</c> a new menu, <c>faq:m:2</c> the menu's page 2 in place, <c>faq:c:3:2</c> page 2 of category 3 in place,
/// <c>faq:q:12</c> the entry with id 12, <c>faq:h:…</c> the entry whose id is too long, <c>contacts</c>, <c>help</c>.
/// </summary>
public static class Payload
{
    public const string Menu = "faq";
    public const string Contacts = "contacts";
    public const string Help = "help";
    private const string MenuPagePrefix = "faq:m:";
    private const string CategoryPrefix = "faq:c:";
    private const string EntryPrefix = "faq:q:";
    private const string HashPrefix = "faq:h:";
    private const string LinkPrefix = "faq-";
    private const int MostBytes = 64;

    public static string MenuPage(int page) => $"{MenuPagePrefix}{page}";

    public static string Category(int category, int page) => $"{CategoryPrefix}{category}:{page}";

    public static string Entry(string id) => IsLong(id) ? HashPrefix + Hash(id) : EntryPrefix + id;

    /// <returns>The page, or null where the payload is another.</returns>
    public static int? ReadMenuPage(string payload) => payload.StartsWith(MenuPagePrefix, StringComparison.Ordinal) ? Number(payload.AsSpan(MenuPagePrefix.Length)) : null;

    public static (int Category, int Page)? ReadCategory(string payload)
    {
        if (!payload.StartsWith(CategoryPrefix, StringComparison.Ordinal)) return null;

        var rest = payload.AsSpan(CategoryPrefix.Length);
        var colon = rest.IndexOf(':');
        if (colon < 0 || Number(rest[..colon]) is not { } category || Number(rest[(colon + 1)..]) is not { } page) return null;
        return (category, page);
    }

    /// <summary>The entry a button names; ids change when the shop edits its FAQ, so there may be none.</summary>
    public static FaqEntry? ReadEntry(string payload, FaqSnapshot faq)
    {
        if (payload.StartsWith(EntryPrefix, StringComparison.Ordinal)) return faq.Find(payload[EntryPrefix.Length..]);
        if (!payload.StartsWith(HashPrefix, StringComparison.Ordinal)) return null;

        return faq.Entries.FirstOrDefault(e => IsLong(e.Id) && Entry(e.Id) == payload);
    }

    /// <summary>The entry a deep link such as <c>faq-12</c> opens.</summary>
    public static FaqEntry? ReadLink(string link, FaqSnapshot faq) =>
        link.StartsWith(LinkPrefix, StringComparison.OrdinalIgnoreCase) ? faq.Find(link[LinkPrefix.Length..]) : null;

    private static bool IsLong(string id) => Encoding.UTF8.GetByteCount(id) > MostBytes - EntryPrefix.Length;

    private static string Hash(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 8));

    private static int? Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1_000_000 ? number : null;
}
