using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Outbox;

/// <summary>What the outbox tells the log: ids and reasons, never texts.</summary>
internal sealed class OutboxLog(ILogger log, string channel)
{
    public void Settled(ClaimedReply reply, Verdict verdict)
    {
        switch (verdict.Kind)
        {
            case VerdictKind.Sent:
                log.LogDebug("{Channel}: reply {Id} sent", channel, reply.Id);
                break;
            case VerdictKind.Retry:
                log.LogInformation(
                    "{Channel}: reply {Id}, attempt {Attempt}: {Reason}; again in {Delay:0.0} s",
                    channel, reply.Id, reply.Attempts, verdict.Reason, verdict.Delay.TotalSeconds);
                break;
            default:
                log.LogWarning("{Channel}: reply {Id} {Verdict}: {Reason}", channel, reply.Id, verdict.Kind, verdict.Reason);
                break;
        }
    }

    public void ChannelFailed(ClaimedReply reply, Exception error) => log.LogError(error, "{Channel}: reply {Id} met a defect", channel, reply.Id);

    public void LaneLost(LaneLostException error) => log.LogWarning("{Channel}: {Reason}; what became of its reply is not known to the database", channel, error.Message);

    public void CannotStore(StoreException error) => log.LogError("{Channel}: cannot record what became of a reply: {Reason}", channel, error.Message);
}
