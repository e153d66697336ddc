using System.Globalization;
using System.Text.Json;
using OptFm.Bench.Chaos.Stores;
using OptFm.Sandbox;

namespace OptFm.Bench.Chaos.Accounts;

/// <summary>The server's own record of its replies: how many rows an update has in the outbox, and of how many sends it does not know the outcome.</summary>
internal sealed class StoredReplies
{
    private readonly Dictionary<(string Channel, string Chat, string Question), (int Rows, int Unknowns)> _byKey = [];

    public static async Task<StoredReplies> ReadAsync(IChaosStore store)
    {
        var replies = new StoredReplies();
        foreach (var row in await store.RowsAsync(
            "SELECT i.channel, i.chat, i.body, COUNT(o.id), SUM(o.unknowns) FROM inbox i JOIN outbox o ON o.inbox_id = i.id GROUP BY i.id, i.channel, i.chat, i.body"))
            replies.Add((row[0]!, row[1]!, QuestionOf(row[2]!)), Number(row[3]), Number(row[4]));
        return replies;
    }

    public (int Rows, int Unknowns) Of(AskedUpdate update) => _byKey.GetValueOrDefault((ChannelOf(update.Messenger), update.Chat, update.Question));

    public static string ChannelOf(Messenger messenger) => messenger == Messenger.Max ? "max" : "telegram";

    /// <summary>The text of a message as the messengers write it.</summary>
    public static string QuestionOf(string body)
    {
        using var json = JsonDocument.Parse(body);
        var message = json.RootElement.GetProperty("message");
        return (message.TryGetProperty("body", out var inner) ? inner : message).GetProperty("text").GetString()!;
    }

    /// <summary>The same question stored twice is two updates to the server: both count.</summary>
    private void Add((string, string, string) key, int rows, int unknowns)
    {
        var known = _byKey.GetValueOrDefault(key);
        _byKey[key] = (known.Rows + rows, known.Unknowns + unknowns);
    }

    private static int Number(string? text) => text is null ? 0 : (int)decimal.Parse(text, CultureInfo.InvariantCulture);
}
