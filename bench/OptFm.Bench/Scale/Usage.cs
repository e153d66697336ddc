namespace OptFm.Bench.Scale;

/// <summary>What an installation has used since its start.</summary>
/// <param name="NodesCpu">Of all nodes together.</param>
/// <param name="DatabaseCpu">Of the database's own processes.</param>
/// <param name="Statements">SQL statements.</param>
/// <param name="RoundTrips">Waits for the database's answer over a connection.</param>
/// <param name="Commits">Transactions committed.</param>
internal sealed record Usage(TimeSpan NodesCpu, TimeSpan DatabaseCpu, double Statements, double RoundTrips, double Commits)
{
    public Usage Since(Usage before) => new(
        NodesCpu - before.NodesCpu, DatabaseCpu - before.DatabaseCpu, Statements - before.Statements, RoundTrips - before.RoundTrips, Commits - before.Commits);
}
