using System.Data.Common;
using OptFm.Server.Storage;

namespace OptFm.Server.Retention;

/// <summary>
/// A table that is walked in the order of its key, some rows at a time, so that no index is needed that every message would pay for.
/// </summary>
/// <param name="Name">Of the table.</param>
/// <param name="Key">Its primary key.</param>
/// <param name="Old">Which rows may go, before <c>@cutoff</c>.</param>
internal sealed record TrimmedTable(string Name, IReadOnlyList<string> Key, string Old)
{
    /// <summary>When a row came; it grows with the key, so the walk ends where all are younger than the cutoff. Null: the walk goes to the end.</summary>
    public string? Came { get; init; }

    /// <summary>Which of the old rows the administrator is told of.</summary>
    public string? Remarkable { get; init; }

    /// <summary>
    /// The newest row stays, so that the next number follows it: SQLite would give the inbox's number away again, and a page that waits for replies beyond a number
    /// would miss them.
    /// </summary>
    public static IReadOnlyList<TrimmedTable> All { get; } =
    [
        new("outbox", ["id"], "state >= 2 AND COALESCE(finished_at, created_at) < @cutoff AND id < (SELECT MAX(id) FROM outbox)") { Came = "created_at" },
        new("inbox", ["id"], "state <> 0 AND received_at < @cutoff AND id < (SELECT MAX(id) FROM inbox)") { Came = "received_at", Remarkable = "state = 3" },
        new("conversation", ["channel", "chat"], "updated_at < @cutoff"),
        new("lane", ["queue", "channel", "chat"], "due_at IS NULL AND claimed = 0 AND free_at < @cutoff AND NOT EXISTS (SELECT 1 FROM conversation c WHERE c.channel = lane.channel AND c.chat = lane.chat)"),
    ];

    private bool Numbered => Key is ["id"];

    private string KeyList => string.Join(", ", Key);

    /// <summary>What is below every key.</summary>
    public IReadOnlyList<object> Start => Numbered ? [0L] : [.. Key.Select(_ => "")];

    /// <summary>Looks at the rows that follow a key.</summary>
    public IReadOnlyList<WalkedRow> Walk(Session session, IReadOnlyList<object> after, int most, long cutoff) => session.All(
        $"""
        SELECT {KeyList}, CASE WHEN {Old} THEN 1 ELSE 0 END, CASE WHEN {Remarkable ?? "1 = 0"} THEN 1 ELSE 0 END, {Came ?? "0"}
        FROM {Name} WHERE ({KeyList}) > ({Names("after")}) ORDER BY {KeyList} LIMIT @most
        """,
        r => new WalkedRow(KeyOf(r), r.GetInt32(Key.Count) == 1, r.GetInt32(Key.Count + 1) == 1, r.GetInt64(Key.Count + 2)),
        [.. Values("after", after), ("@most", most), ("@cutoff", cutoff)]);

    /// <summary>Deletes what is old between two keys; what has come to life since it was looked at stays.</summary>
    /// <returns>How many rows.</returns>
    public int Delete(Session session, IReadOnlyList<object> after, IReadOnlyList<object> through, long cutoff) => session.Execute(
        $"DELETE FROM {Name} WHERE ({KeyList}) > ({Names("after")}) AND ({KeyList}) <= ({Names("through")}) AND {Old}",
        [.. Values("after", after), .. Values("through", through), ("@cutoff", cutoff)]);

    private string Names(string prefix) => string.Join(", ", Key.Select(column => $"@{prefix}_{column}"));

    private IEnumerable<Param> Values(string prefix, IReadOnlyList<object> key) =>
        key.Select((value, i) => new Param($"@{prefix}_{Key[i]}", Numbered ? ParamType.Number : ParamType.Text, value));

    private object[] KeyOf(DbDataReader reader) => [.. Key.Select((_, i) => Numbered ? (object)reader.GetInt64(i) : reader.GetString(i))];
}

/// <param name="Old">Whether it may go.</param>
/// <param name="Remarkable">Whether the administrator is told if it goes.</param>
/// <param name="Came">Unix ms; 0 where the table does not say.</param>
internal sealed record WalkedRow(IReadOnlyList<object> Key, bool Old, bool Remarkable, long Came);
