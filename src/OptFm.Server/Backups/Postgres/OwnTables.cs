using System.Text.RegularExpressions;
using OptFm.Server.Storage;

namespace OptFm.Server.Backups.Postgres;

/// <summary>The tables that this program makes, and no others: the database may be shared with something else.</summary>
internal static partial class OwnTables
{
    /// <summary>Holds the number of the schema, in the one row of <c>version</c>.</summary>
    public const string Schema = "optfm_schema";

    /// <summary>Of all schemas that this program knows, with <see cref="Schema"/>.</summary>
    public static IReadOnlyList<string> All { get; } = Of(Migrator.KnownSchema);

    /// <param name="schema">Its number.</param>
    public static IReadOnlyList<string> Of(int schema) =>
    [
        Schema,
        .. Migrator.Postgres.Take(schema).SelectMany(file => Made().Matches(Comment().Replace(file.Sql, "")).Select(made => made.Groups["name"].Value)).Distinct(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"\bCREATE\s+(UNLOGGED\s+)?TABLE\s+(IF\s+NOT\s+EXISTS\s+)?(?<name>[a-z_][a-z0-9_]*)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Made();

    [GeneratedRegex("--[^\n]*", RegexOptions.NonBacktracking)]
    private static partial Regex Comment();
}
