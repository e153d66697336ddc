namespace OptFm.Server.Setup;

/// <summary>Asks one question until its answer is acceptable.</summary>
internal sealed class Asking(IRespondent respondent)
{
    public IRespondent Respondent => respondent;

    /// <summary>One of the question's options.</summary>
    public Task<string> OptionAsync(Question question, string present, CancellationToken stop) => TextAsync(
        question,
        present,
        answer => question.OptionOf(answer) is null ? Verdict.Refused($"One of: {string.Join(", ", question.Options)}", $"Одно из: {string.Join(", ", question.Options)}") : Verdict.Fine,
        stop);

    public async Task<bool> SwitchAsync(Question question, bool present, CancellationToken stop) => await OptionAsync(question, present ? "on" : "off", stop) == "on";

    public Task<string> TextAsync(Question question, string present, Func<string, Verdict> judge, CancellationToken stop) =>
        TextAsync(question, present, answer => Task.FromResult(judge(answer)), stop);

    /// <param name="present">What is set, or what is suggested; a blank answer means it.</param>
    /// <param name="judgeAsync">Never sees an empty answer where the question allows one.</param>
    /// <returns>The accepted answer; from a file, where nothing can be asked again, <paramref name="present"/> after a refusal.</returns>
    public async Task<string> TextAsync(Question question, string present, Func<string, Task<Verdict>> judgeAsync, CancellationToken stop)
    {
        if (!question.Asked && respondent.IsSomebody) return present;

        while (true)
        {
            var answer = Meant(question, await respondent.AnswerAsync(question, Shown(question, present), stop), present);
            if (answer.Length == 0 && question.MayBeEmpty) return "";
            if (answer.Any(char.IsControl))
            {
                if (respondent.Refuse(question, new("A control character is no part of an answer.", "В ответе управляющий символ."))) continue;
                return present;
            }

            var verdict = await judgeAsync(answer);
            if (!verdict.Accepted)
            {
                if (respondent.Refuse(question, verdict.Reason!)) continue;
                return present;
            }

            if (verdict.Certain) Note(verdict);
            else if (!await respondent.GoOnAsync(question, verdict.Reason!, stop)) continue;
            return answer;
        }
    }

    private static string Meant(Question question, string answer, string present)
    {
        answer = answer.Trim();
        if (answer.Length == 0) return present;
        if (answer == "-" && question.MayBeEmpty) return "";
        return question.OptionOf(answer) ?? answer;
    }

    private static string Shown(Question question, string present) => question.Secret && present.Length > 0 ? "********" : present;

    private void Note(Verdict verdict)
    {
        if (verdict.Reason is { } told) respondent.Tell(told);
    }
}
