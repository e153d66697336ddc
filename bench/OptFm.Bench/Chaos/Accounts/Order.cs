namespace OptFm.Bench.Chaos.Accounts;

/// <summary>
/// The order of a chat, as far as it can be told from outside: of two updates of which one was acknowledged before the other was first
/// delivered, the one must have been stored first, and so its reply must come first. Updates that were under way at the same time, be it because they
/// were repeated, delayed or sent at once, may be stored, and answered, in either order. Of replies that came twice the first counts.
/// </summary>
internal static class Order
{
    /// <returns>Updates whose reply came before that of one acknowledged before they were delivered.</returns>
    public static IReadOnlyList<(AskedUpdate Early, AskedUpdate Overtaken)> Broken(IEnumerable<AskedUpdate> all) =>
    [
        .. all.Where(update => update is { AckedAt: not null, Copies.Count: > 0 }).GroupBy(update => (update.Messenger, update.Chat)).SelectMany(InChat),
    ];

    private static IEnumerable<(AskedUpdate, AskedUpdate)> InChat(IEnumerable<AskedUpdate> chat)
    {
        var answered = chat.OrderBy(update => update.Copies[0].At).ToList();
        for (var i = 0; i < answered.Count; i++)
        {
            if (answered.Skip(i + 1).FirstOrDefault(later => later.AckedAt < answered[i].FirstPostAt) is { } overtaken) yield return (answered[i], overtaken);
        }
    }
}
