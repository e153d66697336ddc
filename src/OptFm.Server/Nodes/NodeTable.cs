using OptFm.Server.Storage;

namespace OptFm.Server.Nodes;

/// <summary>The statements on the table of nodes. Time is the database's own, so that all judge by one clock. PostgreSQL alone has the table.</summary>
internal static class NodeTable
{
    /// <summary>When the server began with the statement, Unix ms.</summary>
    public const string Now = "floor(extract(epoch FROM statement_timestamp()) * 1000)::bigint";

    /// <returns>The new node's id.</returns>
    public static Later<long> Join(Session session, string name, string version, TimeSpan lease) => session.FirstLater(
        $"INSERT INTO node (name, version, started_at, until) VALUES (@name, @version, {Now}, {Now} + @lease) RETURNING id",
        r => r.GetInt64(0),
        ("@name", name), ("@version", version), ("@lease", (long)lease.TotalMilliseconds));

    /// <returns>0 when the node was buried: <see cref="Estate.Free"/> leaves it no time.</returns>
    public static Later<int> Renew(Session session, long id, TimeSpan lease) => session.ExecuteLater(
        $"UPDATE node SET until = {Now} + @lease WHERE id = @id AND until > 0", ("@lease", (long)lease.TotalMilliseconds), ("@id", id));

    public static Later<int> Living(Session session) => session.FirstLater($"SELECT count(*) FROM node WHERE until >= {Now}", r => (int)r.GetInt64(0));

    /// <summary>Nodes of which nothing was heard for longer than their lease.</summary>
    public static Later<List<(long Id, string Name)>> Dead(Session session) => session.AllLater(
        $"SELECT id, name FROM node WHERE until < {Now} ORDER BY id", r => (r.GetInt64(0), r.GetString(1)));

    /// <summary>Keeps a dead node from coming back until the transaction ends.</summary>
    /// <returns>False when it has come back, or another node is burying it.</returns>
    public static bool Lock(Session session, long id) => session.First(
        $"SELECT id FROM node WHERE id = @id AND until < {Now} FOR UPDATE SKIP LOCKED", r => r.GetInt64(0), ("@id", id)) == id;
}
