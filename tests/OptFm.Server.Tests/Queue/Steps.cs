using FsCheck;
using FsCheck.Fluent;

namespace OptFm.Server.Tests.Queue;

/// <summary>Random stories of a queue. One that fails is cut down to the steps that matter.</summary>
internal static class Steps
{
    public const int Workers = 3;

    /// <param name="acts">What may happen.</param>
    /// <param name="longest">At most so many steps.</param>
    public static Arbitrary<Step[]> Of(IReadOnlyList<Act> acts, int longest)
    {
        // The usual way of a message more often than the rest, or a story seldom comes to a reply.
        var act = Gen.OneOf(Gen.Elements<Act>([.. acts]), Gen.Elements(Act.Store, Act.ClaimInbox, Act.Handle, Act.Handle, Act.ClaimOutbox, Act.Send, Act.Send));
        var step = act.Zip(Gen.Choose(0, Workers - 1)).Zip(Gen.Choose(0, 1000)).Select(parts => new Step(parts.Item1.Item1, parts.Item1.Item2, parts.Item2));
        return Arb.From(Gen.Choose(1, longest).SelectMany(length => step.ArrayOf(length)), Shorter);
    }

    private static IEnumerable<Step[]> Shorter(Step[] steps)
    {
        for (var size = steps.Length / 2; size > 0; size /= 2)
        {
            for (var from = 0; from + size <= steps.Length; from += size) yield return [.. steps[..from], .. steps[(from + size)..]];
        }
    }
}
