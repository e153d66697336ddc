using System.Globalization;
using System.Text;
using OptFm.Bench.Chaos.Stores;

namespace OptFm.Bench.Chaos.Accounts;

/// <summary>The shortest that can be told of an update which went wrong: what was seen of it, what the database says of it now, what happened around.</summary>
internal sealed class Story(IChaosStore store, IReadOnlyList<ChaosEvent> events)
{
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(10);

    public async Task<string> TellAsync(string what, AskedUpdate update)
    {
        var text = new StringBuilder();
        Line(text, $"{what}: {update.Messenger} chat {update.Chat}, \"{update.Question}\"");
        Line(text, $"  written {At(update.WrittenAt)}, acknowledged {At(update.AckedAt)} by {update.AckedBy}");
        foreach (var post in update.Posts) Line(text, $"  delivered {At(post.At)} to {post.Node}: {post.Status?.ToString(CultureInfo.InvariantCulture) ?? "no answer"}");
        foreach (var copy in update.Copies) Line(text, $"  answered {At(copy.At)} by {copy.Caller} in call {copy.Call}");
        foreach (var row in await RowsAsync(update)) Line(text, $"  {row}");
        var (from, to) = (update.FirstPostAt ?? update.WrittenAt, update.Copies.Count > 0 ? update.Copies[^1].At : update.AckedAt ?? update.WrittenAt);
        foreach (var happened in events.Where(happened => happened.Overlaps(from - Around, to + Around))) Line(text, $"  {happened}");
        return text.ToString();
    }

    private async Task<IEnumerable<string>> RowsAsync(AskedUpdate update)
    {
        var where = $"channel = '{StoredReplies.ChannelOf(update.Messenger)}' AND chat = '{update.Chat}'";
        var inbox = await store.RowsAsync($"SELECT body, id, key, state, attempts, reason, received_at, finished_at FROM inbox WHERE {where} ORDER BY id");
        var ids = inbox.Where(row => StoredReplies.QuestionOf(row[0]!) == update.Question).Select(row => row[1]).ToHashSet(StringComparer.Ordinal);
        var outbox = await store.RowsAsync($"SELECT inbox_id, id, state, attempts, unknowns, reason, created_at, finished_at FROM outbox WHERE {where} ORDER BY id");
        var lanes = await store.RowsAsync($"SELECT queue, due_at, claimed, fence, free_at FROM lane WHERE {where}");
        return inbox.Where(row => ids.Contains(row[1])).Select(row => "inbox id, key, state, attempts, reason, received, finished: " + Joined(row[1..]))
            .Concat(outbox.Where(row => ids.Contains(row[0])).Select(row => "outbox inbox_id, id, state, attempts, unknowns, reason, created, finished: " + Joined(row)))
            .Concat(lanes.Select(row => "lane queue, due, claimed, fence, free: " + Joined(row)));
    }

    private static string Joined(string?[] row) => string.Join(", ", row.Select(value => value ?? "NULL"));

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string At(TimeSpan? time) => string.Create(CultureInfo.InvariantCulture, $"{time?.TotalSeconds:0.000} s");
}
