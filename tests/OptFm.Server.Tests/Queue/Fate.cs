using OptFm.Server.Outbox;
using OptFm.Server.Storage;

namespace OptFm.Server.Tests.Queue;

/// <summary>What becomes of a reply, in the database and in the model.</summary>
internal sealed record Fate(Action<Session> Write, Action<QueueModel> Model)
{
    public static Fate Nothing { get; } = new(_ => { }, _ => { });

    public long FreeAt { get; init; }

    public long? RetryAt { get; init; }

    public bool GivesBack { get; init; }

    public static Fate Of(Step step, ClaimedReply reply, ModelReply model, string to, long now)
    {
        var (channel, chat) = (reply.Claim.Channel, reply.Claim.Chat);
        return step.Act switch
        {
            Act.Send => new(s => OutboxStore.Sent(s, reply, "m", now), _ => model.State = OutboxState.Sent) { FreeAt = now + step.Number % 2 * 300 },
            Act.SendLater => new(s => OutboxStore.Wait(s, reply, "429", unknown: false), _ => model.State = OutboxState.Waiting) { RetryAt = now + step.Number },
            Act.SendUnknown => new(s => OutboxStore.Wait(s, reply, "no answer", unknown: true), _ => Unknown(model)) { RetryAt = now + step.Number },
            Act.Bury => new(s => OutboxStore.Bury(s, reply, "refused", now), _ => model.State = OutboxState.Buried),
            Act.BuryChat => new(s => OutboxStore.BuryChat(s, channel, chat, "blocked", now), all => all.BuryChat(chat)),
            Act.Move => new(s => OutboxStore.MoveChat(s, channel, chat, to, now), all => all.Move(chat, to, now)),
            _ => new(_ => { }, all => GiveBack(all, chat)) { GivesBack = true },
        };
    }

    private static void Unknown(ModelReply reply)
    {
        reply.State = OutboxState.Waiting;
        reply.Unknowns++;
    }

    private static void GiveBack(QueueModel model, string chat)
    {
        foreach (var reply in model.Outbox.Where(reply => reply.Chat == chat && reply.State == OutboxState.Sending))
        {
            reply.State = OutboxState.Waiting;
            reply.Attempts--;
        }
    }
}
