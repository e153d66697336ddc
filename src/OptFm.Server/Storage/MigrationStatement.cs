using System.Text.RegularExpressions;

namespace OptFm.Server.Storage;

/// <summary>Whom a statement of a migration keeps waiting while nodes work.</summary>
internal enum MigrationLock
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>Everybody at the table, for a moment that does not depend on its size.</summary>
    Moment,

    /// <summary>Whoever writes to the table, until all of it was read.</summary>
    Writers,

    /// <summary>Everybody at the table, until the statement is done.</summary>
    Everybody,
}

/// <summary>One statement of a migration, without its comments.</summary>
internal sealed partial record MigrationStatement(string Sql)
{
    public string OnOneLine => Blanks().Replace(Sql, " ");

    /// <summary>The table that is made here, if that is what the statement does.</summary>
    public string? Creates => TableMade().Match(OnOneLine) is { Success: true } made ? made.Groups["table"].Value : null;

    /// <summary>The table that the statement is about; empty where that is not plain.</summary>
    public string Table => TableTouched().Match(OnOneLine) is { Success: true } touched ? touched.Groups["table"].Value : "";

    public bool MakesIndex => IndexMade().IsMatch(OnOneLine);

    public bool IsConcurrent => Concurrent().IsMatch(OnOneLine);

    public bool AddsColumn => ColumnAdded().IsMatch(OnOneLine);

    /// <param name="fresh">Tables made by the same run, which nobody uses yet.</param>
    public MigrationLock Lock(IReadOnlySet<string> fresh)
    {
        if (Creates is not null || IsConcurrent || fresh.Contains(Table)) return MigrationLock.None;
        if (AddsColumn) return MigrationLock.Moment;
        return MakesIndex ? MigrationLock.Writers : MigrationLock.Everybody;
    }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^CREATE TABLE (IF NOT EXISTS )?(?<table>\w+)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex TableMade();

    [GeneratedRegex(@"^(CREATE (UNIQUE )?INDEX (CONCURRENTLY )?(IF NOT EXISTS )?\w+ ON|ALTER TABLE|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE) (?<table>\w+)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex TableTouched();

    [GeneratedRegex("^CREATE (UNIQUE )?INDEX ", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex IndexMade();

    [GeneratedRegex(@"^(CREATE (UNIQUE )?|DROP )INDEX CONCURRENTLY ", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Concurrent();

    [GeneratedRegex(@"^ALTER TABLE \w+ ADD COLUMN [^,]+(, ?ADD COLUMN [^,]+)*$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ColumnAdded();
}
