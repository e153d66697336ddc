namespace OptFm.Server.Storage.Postgres;

/// <summary>Counts what was asked of the server since it was opened.</summary>
public sealed class PostgresFigures
{
    private long _roundTrips;
    private long _statements;
    private long _transactions;

    public long RoundTrips => Interlocked.Read(ref _roundTrips);

    public long Statements => Interlocked.Read(ref _statements);

    public long Transactions => Interlocked.Read(ref _transactions);

    internal void CountRoundTrip(int statements)
    {
        Interlocked.Increment(ref _roundTrips);
        Interlocked.Add(ref _statements, statements);
    }

    internal void CountTransaction() => Interlocked.Increment(ref _transactions);
}
