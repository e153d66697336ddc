using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.RegularExpressions;

namespace OptFm.Server.Backups.Postgres;

/// <summary>
/// Reads what <c>pg_restore --data-only</c> writes: a script with the rows of each table. Nothing of it is ever run. Tables and their
/// columns are named, rows handed on as they are, the state of sequences noted, and all else skipped: whatever else somebody put into a
/// backup, it reaches no database. The form of the rows: https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2
/// </summary>
/// <param name="open">Called with a table and its columns; its stream takes the rows.</param>
internal sealed partial class DumpScript(Func<string, IReadOnlyList<string>, CancellationToken, Task<StreamWriter>> open)
{
    /// <summary>A delivery is stored up to its greatest size and written in hexadecimal digits; far below what PostgreSQL would take.</summary>
    private const int MostLine = 64 << 20;

    private readonly Dictionary<string, long> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _sequences = new(StringComparer.Ordinal);
    private string _table = "";
    private StreamWriter? _target;
    private Func<ReadOnlySequence<byte>, bool>? _waits;
    private int? _schema;
    private long _waiting;
    private long _count;

    /// <exception cref="InvalidDataException">It makes no sense.</exception>
    public async Task<DumpedRows> ReadAsync(Stream script, CancellationToken stop)
    {
        var reader = PipeReader.Create(script, new StreamPipeReaderOptions(bufferSize: 128 << 10, leaveOpen: true));
        while (true)
        {
            var read = await reader.ReadAsync(stop);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                await LineAsync(rest.Slice(0, end), stop);
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (rest.Length > MostLine) throw new InvalidDataException("a row is too large");
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted) break;
        }

        if (_target is not null) throw new InvalidDataException($"{_table} has no end");
        return new(_rows, _sequences, _schema, _waiting);
    }

    private async ValueTask LineAsync(ReadOnlySequence<byte> line, CancellationToken stop)
    {
        if (_target is null) await StatementAsync(line, stop);
        else if (Is(line, "\\."u8)) await EndAsync();
        else await RowAsync(line, stop);
    }

    private async Task StatementAsync(ReadOnlySequence<byte> line, CancellationToken stop)
    {
        if (!StartsWith(line, "COPY "u8) && !StartsWith(line, "SELECT pg_catalog.setval("u8)) return;
        var text = Encoding.UTF8.GetString(line);
        if (Sequence().Match(text) is { Success: true } sequence)
        {
            _sequences[sequence.Groups["name"].Value] = long.Parse(sequence.Groups["value"].Value, CultureInfo.InvariantCulture);
            return;
        }

        var copy = Copy().Match(text);
        if (!copy.Success) return;
        _table = copy.Groups["table"].Value;
        if (!OwnTables.All.Contains(_table) || !_rows.TryAdd(_table, 0)) throw new InvalidDataException("this is no database of optfm");
        string[] columns = [.. copy.Groups["columns"].Value.Split(", ").Select(column => column.Trim('"'))];
        (_waits, _count) = (Waits(_table, Array.IndexOf(columns, "state")), 0);
        _target = await open(_table, columns, stop);
    }

    private async ValueTask RowAsync(ReadOnlySequence<byte> row, CancellationToken stop)
    {
        _count++;
        if (_waits?.Invoke(row) == true) _waiting++;
        if (_table == OwnTables.Schema) _schema = int.TryParse(Encoding.UTF8.GetString(row), NumberStyles.None, CultureInfo.InvariantCulture, out var schema) ? schema : null;
        foreach (var part in row) await _target!.BaseStream.WriteAsync(part, stop);
        await _target!.BaseStream.WriteAsync("\n"u8.ToArray(), stop);
    }

    private async Task EndAsync()
    {
        await _target!.DisposeAsync();
        _target = null;
        _rows[_table] = _count;
    }

    /// <summary>States: see docs/queue-states.md.</summary>
    private static Func<ReadOnlySequence<byte>, bool>? Waits(string table, int column) => table switch
    {
        _ when column < 0 => null,
        "inbox" => row => Is(Field(row, column), "0"u8),
        "outbox" => row => Field(row, column) is var state && (Is(state, "0"u8) || Is(state, "1"u8)),
        _ => null,
    };

    /// <summary>A tab inside a value is written as \t.</summary>
    private static ReadOnlySequence<byte> Field(ReadOnlySequence<byte> row, int column)
    {
        for (; column > 0 && row.PositionOf((byte)'\t') is { } tab; column--) row = row.Slice(row.GetPosition(1, tab));
        return row.PositionOf((byte)'\t') is { } end ? row.Slice(0, end) : row;
    }

    private static bool StartsWith(ReadOnlySequence<byte> line, ReadOnlySpan<byte> text) => line.Length >= text.Length && Is(line.Slice(0, text.Length), text);

    private static bool Is(ReadOnlySequence<byte> line, ReadOnlySpan<byte> text) =>
        line.Length == text.Length && (line.IsSingleSegment ? line.FirstSpan.SequenceEqual(text) : line.ToArray().AsSpan().SequenceEqual(text));

    [GeneratedRegex("""^COPY ("(""|[^"])+"|[^ ."]+)\."?(?<table>[a-z_][a-z0-9_]*)"? \((?<columns>"?[a-z_][a-z0-9_]*"?(, "?[a-z_][a-z0-9_]*"?)*)\) FROM stdin;$""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Copy();

    [GeneratedRegex("""^SELECT pg_catalog\.setval\('("(""|[^"])+"|[^ ."']+)\."?(?<name>[a-z_][a-z0-9_]*)"?', (?<value>[0-9]{1,18}), (true|false)\);$""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Sequence();
}
