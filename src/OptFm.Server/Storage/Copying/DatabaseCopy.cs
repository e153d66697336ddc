using System.Data.Common;
using OptFm.Server.Outbox;
using OptFm.Server.Queue;
using OptFm.Server.Storage.Postgres;

namespace OptFm.Server.Storage.Copying;

/// <summary>
/// Copies everything a shop must find again from one database to another, page by page in the order of keys, then compares every row. Cut off at any
/// moment, it goes on from the last row that arrived; what changed in the source in between is found by the comparison and copied again.
/// </summary>
/// <param name="source">Is not changed, but for migrations.</param>
/// <param name="target">Of this program's schema.</param>
/// <param name="tell">Called after each page with how far it is.</param>
internal sealed class DatabaseCopy(CopyEnd source, CopyEnd target, TimeProvider clock, Action<CopyStep> tell)
{
    private int _replacedTexts;
    private int _corrected;

    /// <summary>Rows that travel, and are stored, together.</summary>
    public int PageRows { get; init; } = 2000;

    /// <exception cref="StoreException">The target is not empty, or a database failed: run again, it goes on where it was.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the same.</exception>
    public CopyOutcome Run(CancellationToken stop)
    {
        var record = CopyRecord.Of(target.Session);
        if (record is { FinishedAt: { } finished }) return new([], 0, 0) { FinishedBefore = finished };

        var tables = CopiedTable.All;
        source.Freeze(tables);
        if (record is null) Begin(tables);
        else if (record.Source != source.Place) throw OfAnother(record);

        foreach (var table in tables) Copy(table, stop);
        _replacedTexts = 0;
        var counts = tables.Select(table => new CopiedRows(table.Name, Compare(table, stop))).ToList();
        Finish(tables);
        return new(counts, _replacedTexts, _corrected);
    }

    private void Begin(IReadOnlyList<CopiedTable> tables)
    {
        var full = tables.FirstOrDefault(table => target.LastKey(table) is not null);
        if (full is not null)
            throw new StoreException($"{target.Place} holds data already (table {full.Name}): name an empty database") { InRussian = $"в {target.Place} уже есть данные (таблица {full.Name}): укажите пустую базу" };

        Write(() => CopyRecord.Begin(target.Session, source.Place));
    }

    private StoreException OfAnother(CopyRecord record) => new(
        $"{target.Place} holds an unfinished copy of {record.Source}, not of {source.Place}: name that source again, or an empty database")
    {
        InRussian = $"в {target.Place} незаконченная копия {record.Source}, а не {source.Place}: укажите тот же источник или пустую базу",
    };

    private void Copy(CopiedTable table, CancellationToken stop)
    {
        long rows = 0;
        for (var after = target.LastKey(table); ;)
        {
            stop.ThrowIfCancellationRequested();
            var page = Page(table, after);
            if (page.Rows.Count > 0)
            {
                Write(() => target.Insert(table, page.Rows));
                after = Key(table, page.Rows[^1]);
                rows += page.Rows.Count;
                tell(new(table.Name, rows, page.Rows.Count, Compared: false));
            }

            if (page.IsLast) return;
        }
    }

    /// <returns>How many rows are the same on both sides: all.</returns>
    private long Compare(CopiedTable table, CancellationToken stop)
    {
        long rows = 0;
        for (object?[]? after = null; ;)
        {
            stop.ThrowIfCancellationRequested();
            var page = Page(table, after);
            var last = page.IsLast ? null : Key(table, page.Rows[^1]);
            if (!IsThere(table, after, last, page)) Correct(table, after, last, page);
            rows += page.Rows.Count;
            tell(new(table.Name, rows, page.Rows.Count, Compared: true));
            if (last is null) return rows;
            after = last;
        }
    }

    private void Correct(CopiedTable table, object?[]? after, object?[]? through, CopyPage page)
    {
        Write(() =>
        {
            target.Delete(table, after, through);
            target.Insert(table, page.Rows);
        });
        _corrected++;
        if (IsThere(table, after, through, page)) return;

        throw new StoreException($"table {table.Name} does not read back from {target.Place} as it was written") { InRussian = $"таблица {table.Name} читается из {target.Place} не так, как была записана" };
    }

    private bool IsThere(CopiedTable table, object?[]? after, object?[]? through, CopyPage page)
    {
        var there = target.Read(table, after, through, page.Rows.Count + 1);
        return there.Rows.Count == page.Rows.Count && there.Rows.Zip(page.Rows).All(pair => CopiedRow.AreSame(pair.First, pair.Second));
    }

    private void Finish(IReadOnlyList<CopiedTable> tables)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        Write(() =>
        {
            // As a server does at its start: the one that held these is no more.
            Lanes.Rescue(target.Session, now);
            OutboxStore.Rescue(target.Session);
            foreach (var table in tables.Where(table => table.Numbered)) target.FollowNumbers(table);
            CopyRecord.Finish(target.Session, now);
        });
    }

    private CopyPage Page(CopiedTable table, object?[]? after)
    {
        var page = source.Read(table, after, through: null, PageRows);
        if (target.RefusesNul) page = page with { Rows = [.. page.Rows.Select(row => Storable(table, row))] };
        return page;
    }

    private object?[] Storable(CopiedTable table, object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] is not string text || PostgresText.Storable(text) is var storable && storable == text) continue;
            if (table.Key.Contains(i)) throw BadKey(table, i);
            row[i] = storable;
            _replacedTexts++;
        }

        return row;
    }

    /// <summary>Replaced, it could be somebody else's key, and rows would not come in one order from both sides.</summary>
    private static StoreException BadKey(CopiedTable table, int column) => new(
        $"table {table.Name} has a {table.Columns[column].Name} with the character U+0000, which PostgreSQL cannot store: delete such rows with sqlite3, no customer is behind them")
    {
        InRussian = $"в таблице {table.Name} есть {table.Columns[column].Name} со знаком U+0000, а PostgreSQL его не хранит: удалите такие строки через sqlite3, за ними нет покупателя",
    };

    private static object?[] Key(CopiedTable table, object?[] row) => [.. table.Key.Select(column => row[column])];

    private void Write(Action work)
    {
        target.Session.Begin();
        target.Session.Settle();
        try
        {
            work();
            target.Session.Commit();
        }
        catch (DbException)
        {
            target.Session.RollBack();
            throw;
        }

        target.AfterCommit();
    }
}
