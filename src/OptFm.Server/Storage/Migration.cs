using System.Text.RegularExpressions;

namespace OptFm.Server.Storage;

/// <summary>A numbered file of statements. What may be written in it: Migrations/README.md.</summary>
/// <param name="Name">Such as <c>0001_start.sql</c>.</param>
internal sealed partial record Migration(string Name, string Sql)
{
    /// <summary>
    /// Whether each statement runs by itself, as PostgreSQL wants it of CREATE INDEX CONCURRENTLY, which does not keep writers waiting. Cut off in
    /// the middle, the migration is run again from its first statement. https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
    /// </summary>
    public bool OutsideTransaction => OutsideLine().IsMatch(Sql);

    /// <summary>The oldest version that may still run beside it, where the migration takes something away.</summary>
    public string? Contract => ContractLine().Match(Sql) is { Success: true } line ? line.Groups["version"].Value : null;

    public IReadOnlyList<MigrationStatement> Statements => [.. CommentOrQuoted().Replace(Sql, Blank).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Whole)];

    private static string Blank(Match found) => found.Value.StartsWith("--", StringComparison.Ordinal) ? "" : found.Value.Replace(';', '\u0001');

    private static MigrationStatement Whole(string sql) => new(sql.Replace('\u0001', ';'));

    [GeneratedRegex("^-- outside a transaction\r?$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex OutsideLine();

    [GeneratedRegex("^-- contract: nothing older than (?<version>[0-9][^ \r\n]*) may run\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ContractLine();

    [GeneratedRegex("--[^\n]*|'[^']*'", RegexOptions.NonBacktracking)]
    private static partial Regex CommentOrQuoted();
}
