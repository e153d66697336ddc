using OptFm.Server.Settings;

namespace OptFm.Server.Setup;

/// <summary>Who answers: somebody at a terminal, or a file.</summary>
internal interface IRespondent
{
    AdministratorLanguage Language { get; set; }

    /// <summary>Whether this question is answered already: in a file. Nobody at a terminal is, before being asked.</summary>
    bool HasAnswer(Question question);

    /// <summary>Whether somebody sits there, who is shown the questions and asked those that nearly everybody would leave.</summary>
    bool IsSomebody { get; }

    /// <param name="shown">What is set now, fit to be shown; empty for nothing.</param>
    /// <returns>The answer; empty to leave what is set.</returns>
    /// <exception cref="SetupException">There are no more answers.</exception>
    Task<string> AnswerAsync(Question question, string shown, CancellationToken stop);

    /// <summary>Tells why an answer is not accepted.</summary>
    /// <returns>Whether the question may be asked again.</returns>
    bool Refuse(Question question, Words reason);

    /// <summary>Tells what is doubtful about an answer.</summary>
    /// <returns>Whether to go on with it all the same.</returns>
    Task<bool> GoOnAsync(Question question, Words doubt, CancellationToken stop);

    /// <summary>Whether to make the changes that were shown.</summary>
    Task<bool> ConfirmAsync(CancellationToken stop);

    void Tell(Words words);
}

/// <summary>Setup cannot go on, and nothing was changed.</summary>
internal sealed class SetupException(Words words) : Exception(words.English)
{
    public Words Words { get; } = words;
}
