using System.Text.RegularExpressions;

namespace OptFm.Server.Storage.Postgres;

/// <summary>A statement of this program with its <c>@names</c> replaced by PostgreSQL's <c>$1</c>, <c>$2</c>, once and not at every call.</summary>
/// <param name="Text">As the server is sent it.</param>
/// <param name="Order">Which of the caller's values is <c>$1</c>, which <c>$2</c> and so on.</param>
internal sealed partial record PositionalSql(string Text, IReadOnlyList<int> Order)
{
    /// <param name="sql">Written in this program: it has no <c>@</c> but before names and within quotes.</param>
    /// <param name="values">As the caller gives them, now and at every later call.</param>
    public static PositionalSql Of(string sql, ReadOnlySpan<Param> values)
    {
        var names = new List<string>();
        foreach (var value in values) names.Add(value.Name);

        var order = new List<int>();
        var text = NameOrQuoted().Replace(IndexHint().Replace(sql, ""), found => Position(found.Value));
        return new(text, order);

        string Position(string found)
        {
            if (found[0] != '@') return found;
            var value = names.IndexOf(found);
            if (value < 0) throw new ArgumentException($"the statement has {found}, which has no value: {sql}", nameof(sql));
            if (!order.Contains(value)) order.Add(value);
            return $"${order.IndexOf(value) + 1}";
        }
    }

    /// <summary>SQLite's word; PostgreSQL takes no advice.</summary>
    [GeneratedRegex(@"\sINDEXED BY \w+", RegexOptions.NonBacktracking)]
    private static partial Regex IndexHint();

    [GeneratedRegex("@[a-z_]+|'[^']*'", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex NameOrQuoted();
}
