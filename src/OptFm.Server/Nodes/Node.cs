using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Nodes;

/// <summary>
/// This server among those of one database. What it holds (lanes, places among the bot's calls, duties) is its own while it lives, and is freed
/// by the others soon after it died. See docs/decisions/0011-nodes.md.
/// </summary>
public class Node
{
    protected Node()
    {
    }

    /// <summary>The only server of its database.</summary>
    public static Node Alone { get; } = new();

    /// <summary>Of no other server, ever; 0 for the only one.</summary>
    public virtual long Id => 0;

    /// <summary>Whether the others certainly take it for alive. While not, nothing may be done that the database cannot undo.</summary>
    public virtual bool IsSure => true;

    /// <summary>How many servers lived when last looked, this one included.</summary>
    public virtual int Living => 1;

    /// <summary>Enters this server among those of the database.</summary>
    /// <exception cref="StoreException">The database does not take it.</exception>
    public static async Task<Node> JoinAsync(Database database, TimeProvider clock, ILogger log, NodeTimes? times = null)
    {
        if (database.ServedAlone) return Alone;

        var node = new SharedNode(database, times ?? NodeTimes.Usual, clock, log);
        await node.JoinAsync();
        return node;
    }

    /// <summary>Whether the claim was made as the node that this server still is.</summary>
    public bool Holds(Claim claim) => IsSure && NodeToken.NodeOf(claim.Token) == Id;

    /// <summary>Gives back whatever it holds, so that nobody has to wait for it. The last thing that it does.</summary>
    public virtual Task LeaveAsync() => Task.CompletedTask;
}

/// <summary>How long a node counts as alive without a word of it.</summary>
/// <param name="Lease">From its last word until the others take it for dead.</param>
/// <param name="Margin">So much earlier it stops itself, to have ended by then.</param>
public sealed record NodeTimes(TimeSpan Lease, TimeSpan Margin)
{
    public static NodeTimes Usual { get; } = new(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(1));

    /// <summary>How long a node watches before it takes others for dead: after an outage of the database all of them are late.</summary>
    public TimeSpan Watch => Lease / 2;
}
