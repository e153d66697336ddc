using OptFm.Server.Settings;

namespace OptFm.Server.Setup;

/// <summary>
/// Asks somebody at a terminal, over ssh and without any control sequence, so that a dumb one will do; or reads the lines of a pipe.
/// </summary>
internal sealed class TerminalRespondent(ITypedLines lines, TextWriter output) : IRespondent
{
    private const int LongestAnswer = 4096;

    public AdministratorLanguage Language { get; set; }

    public bool IsSomebody => true;

    public bool HasAnswer(Question question) => false;

    public async Task<string> AnswerAsync(Question question, string shown, CancellationToken stop)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync(question.Asks.In(Language));
        await output.WriteLineAsync($"  {question.Explains.In(Language)}");
        for (var i = 0; i < question.Options.Count; i++) await output.WriteLineAsync($"  {i + 1}  {Option(question, question.Options[i])}");
        return await ReadAsync(Prompt(question, shown), question.Secret, stop);
    }

    public bool Refuse(Question question, Words reason)
    {
        output.WriteLine($"  ! {reason.In(Language)}");
        return true;
    }

    public async Task<bool> GoOnAsync(Question question, Words doubt, CancellationToken stop)
    {
        await output.WriteLineAsync($"  ! {doubt.In(Language)}");
        return !IsNo(await ReadAsync(Say("  Go on with it all the same? Enter: yes, n: answer again: ", "  Продолжить с этим? Enter — да, н — ответить заново: "), secret: false, stop));
    }

    public async Task<bool> ConfirmAsync(CancellationToken stop) =>
        !IsNo(await ReadAsync(Say("Make these changes? Enter: yes, n: leave everything as it is: ", "Внести эти изменения? Enter — да, н — оставить всё как есть: "), secret: false, stop));

    public void Tell(Words words) => output.WriteLine($"  {words.In(Language)}");

    private static bool IsNo(string answer) => answer.Trim().ToLowerInvariant() is "n" or "no" or "н" or "нет";

    private string Prompt(Question question, string shown)
    {
        if (shown.Length == 0) return "> ";
        var clears = question.MayBeEmpty ? Say("; - takes it away", "; - уберёт") : "";
        shown = Option(question, shown);
        return Say($"  now: {shown} (Enter keeps it{clears})\n> ", $"  сейчас: {shown} (Enter — оставить{clears})\n> ");
    }

    private string Option(Question question, string option) => ReferenceEquals(question.Options, Question.OnOff)
        ? option == "on" ? Say("yes", "да") : Say("no", "нет")
        : option;

    private async Task<string> ReadAsync(string prompt, bool secret, CancellationToken stop) => await lines.ReadAsync(prompt, secret, stop) switch
    {
        null => throw new SetupException(new("The input ended before everything was answered. Nothing was changed.", "Ввод закончился раньше, чем вопросы. Ничего не изменено.")),
        { Length: > LongestAnswer } => throw new SetupException(new("A line of the input is longer than 4096 characters: this is no answer. Nothing was changed.", "Строка ввода длиннее 4096 знаков: это не ответ. Ничего не изменено.")),
        var line => line,
    };

    private string Say(string english, string russian) => new Words(english, russian).In(Language);
}
