using OptFm.Server.Channels;

namespace OptFm.Server.Answers.Steps;

/// <summary>Whoever stopped the bot hears nothing more.</summary>
internal sealed class StoppedStep : IAnswerStep
{
    public Answer? Try(Question question) =>
        question.Message.Kind == InboundKind.Stopped ? new("stopped", [], question.Conversation with { Blocked = true }) : null;
}
