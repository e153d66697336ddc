namespace OptFm.Server.Storage;

/// <summary>Counts what was asked of the database since it was opened.</summary>
public sealed class DatabaseFigures
{
    private long _roundTrips;
    private long _statements;
    private long _transactions;

    /// <summary>How often an answer from over the network was waited for: none of an embedded database.</summary>
    public long RoundTrips => Interlocked.Read(ref _roundTrips);

    public long Statements => Interlocked.Read(ref _statements);

    /// <summary>How many transactions were committed.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    internal void CountRoundTrip(int statements)
    {
        Interlocked.Increment(ref _roundTrips);
        Interlocked.Add(ref _statements, statements);
    }

    internal void CountStatement() => Interlocked.Increment(ref _statements);

    internal void CountTransaction() => Interlocked.Increment(ref _transactions);
}
