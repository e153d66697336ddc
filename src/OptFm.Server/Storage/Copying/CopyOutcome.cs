namespace OptFm.Server.Storage.Copying;

/// <summary>How far a copy is.</summary>
/// <param name="Rows">Of this table, since the command was started.</param>
/// <param name="Added">How many of them by the last page.</param>
/// <param name="Compared">Whether they have been compared, and not only copied.</param>
internal readonly record struct CopyStep(string Table, long Rows, int Added, bool Compared);

internal readonly record struct CopiedRows(string Table, long Rows);

/// <summary>What a finished copy has done.</summary>
/// <param name="Tables">Rows that are the same on both sides.</param>
/// <param name="ReplacedTexts">Values in which a character that PostgreSQL cannot store became U+FFFD.</param>
/// <param name="Corrected">Pages that had changed in the source since an earlier run copied them.</param>
internal sealed record CopyOutcome(IReadOnlyList<CopiedRows> Tables, int ReplacedTexts, int Corrected)
{
    /// <summary>When an earlier run finished it, Unix ms: this one did nothing.</summary>
    public long? FinishedBefore { get; init; }
}

internal static class CopiedRow
{
    /// <summary>Compares value by value.</summary>
    public static bool AreSame(object?[] one, object?[] other) => one.Zip(other).All(pair => AreSame(pair.First, pair.Second));

    private static bool AreSame(object? one, object? other) =>
        one is byte[] bytes && other is byte[] others ? bytes.AsSpan().SequenceEqual(others) : Equals(one, other);
}
