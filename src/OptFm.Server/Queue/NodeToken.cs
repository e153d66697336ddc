using System.Security.Cryptography;

namespace OptFm.Server.Queue;

/// <summary>Tokens of claims: the upper half is the node that claims, the lower half tells its attempts from each other.</summary>
public static class NodeToken
{
    private const int Bits = 32;

    public static long New(long node) => First(node) + RandomNumberGenerator.GetInt32(1, int.MaxValue);

    public static long NodeOf(long token) => token >> Bits;

    /// <summary>The least and the greatest token of a node.</summary>
    public static (long From, long To) Of(long node) => (First(node), First(node + 1) - 1);

    private static long First(long node) => node << Bits;
}
