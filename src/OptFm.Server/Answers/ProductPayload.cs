using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OptFm.Server.Products;

namespace OptFm.Server.Answers;

/// <summary>
/// What the price list's buttons send back, at most 64 bytes: <c>price:p:HASH:2</c> page 2 of the search, <c>price:f:HASH:1</c> the search
/// narrowed by its value 1, <c>price:c:KEY:1</c> page 1 of a category, <c>price:k:0:1</c> page 1 of the categories, <c>price:b:NAME</c> a brand.
/// The hash tells whether the button is of the search the chat remembers.
/// </summary>
internal sealed record ProductPayload(char Kind, string First, int Second)
{
    public const string Prefix = "price:";
    private const int MostBytes = 64;
    private const string Below = "new";

    public static string Page(ProductTopic topic, int page) => $"{Prefix}p:{Hash(topic)}:{page}";

    public static string Value(ProductTopic topic, int value) => $"{Prefix}f:{Hash(topic)}:{value}";

    public static string Category(PriceCategory category, int page) => $"{Prefix}c:{category.Key}:{page}";

    public static string Categories(int page) => $"{Prefix}k:0:{page}";

    /// <summary>The categories as a message of their own, below the goods that the button stands under.</summary>
    public static string CategoriesBelow => $"{Prefix}k:{Below}:1";

    /// <summary>Whether what the button shows leaves its message as it is.</summary>
    public bool IsBelow => First == Below;

    /// <returns>Null where the name is too long for a button.</returns>
    public static string? Brand(string name) => Encoding.UTF8.GetByteCount(name) is > 0 and <= 48 && !name.Contains(':') ? $"{Prefix}b:{name}:1" : null;

    /// <returns>Null where it is no payload of the price list.</returns>
    public static ProductPayload? Read(string payload)
    {
        if (!payload.StartsWith(Prefix, StringComparison.Ordinal) || payload.Length > MostBytes) return null;
        var parts = payload.Split(':');
        return parts.Length == 4 && parts[1].Length == 1 && int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var second) && second < 100_000
            ? new(parts[1][0], parts[2], second)
            : null;
    }

    public static string Hash(ProductTopic topic) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(topic.Write())).AsSpan(0, 4));
}

/// <summary>The search a chat remembers, as <see cref="Conversations.Conversation.Topic"/> holds it.</summary>
/// <param name="Leaf">The category it was narrowed to, or null.</param>
internal sealed record ProductTopic(string Query, string? Leaf = null)
{
    private const int LongestQuery = 300;
    private const char Separator = '\u001F';

    public string Write() => ProductPayload.Prefix + Shortened(Query) + (Leaf is null ? "" : Separator + Leaf);

    public static ProductTopic? Read(string? topic)
    {
        if (topic is null || !topic.StartsWith(ProductPayload.Prefix, StringComparison.Ordinal)) return null;
        var parts = topic[ProductPayload.Prefix.Length..].Split(Separator);
        return new(parts[0], parts.Length > 1 ? parts[1] : null);
    }

    private static string Shortened(string query) => query.Length <= LongestQuery ? query : query[..LongestQuery];
}
