using OptFm.Server.Settings;

namespace OptFm.Server.Setup;

/// <summary>Answers from a file, for scripts. Refusals are gathered, so that all of them are told at once.</summary>
internal sealed class FileRespondent(IReadOnlyDictionary<string, string> answers, TextWriter output) : IRespondent
{
    private readonly List<(Question Question, Words Reason)> _refused = [];

    public AdministratorLanguage Language { get; set; }

    /// <summary>Answers that cannot be accepted.</summary>
    public IReadOnlyList<string> Problems => [.. _refused.Select(r => $"{r.Question.Key}: {r.Reason.In(Language)}")];

    public bool IsSomebody => false;

    public bool HasAnswer(Question question) => answers.GetValueOrDefault(question.Key, "").Length > 0;

    public Task<string> AnswerAsync(Question question, string shown, CancellationToken stop) => Task.FromResult(answers.GetValueOrDefault(question.Key, ""));

    public bool Refuse(Question question, Words reason)
    {
        _refused.Add((question, reason));
        return false;
    }

    public Task<bool> GoOnAsync(Question question, Words doubt, CancellationToken stop)
    {
        output.WriteLine($"! {question.Key}: {doubt.In(Language)}");
        return Task.FromResult(true);
    }

    public Task<bool> ConfirmAsync(CancellationToken stop) => Task.FromResult(true);

    public void Tell(Words words) => output.WriteLine(words.In(Language));
}
