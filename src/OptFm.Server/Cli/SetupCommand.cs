using System.CommandLine;
using OptFm.Server.Settings;
using OptFm.Server.Setup;

namespace OptFm.Server.Cli;

/// <summary><c>optfm setup</c>: from an installed package to a bot that answers. Asks, checks, shows what it will change, then changes it.</summary>
public static class SetupCommand
{
    public static Command Create()
    {
        var answers = new Option<string?>("--answers") { Description = "Ask nothing: take the answers from this file of KEY=VALUE lines (- is standard input).", HelpName = "FILE" };
        var list = new Option<bool>("--questions") { Description = "Print every question with its key, as an answers file to fill in." };
        var command = new Command("setup", "Set the bot up on this machine: tokens, domain, nginx, webhooks. May be run again at any time.") { answers, list };
        command.SetAction((result, stop) => result.GetValue(list)
            ? ListAsync(result.InvocationConfiguration.Output)
            : RunAsync(result.GetValue(answers), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, stop));
        return command;
    }

    private static async Task<int> RunAsync(string? answers, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var machine = new Machine();
        if (machine.Variable(ServerSettings.File.Name) is { Length: > 0 } file) machine = machine with { SettingsFile = Path.GetFullPath(file) };
        var language = SystemLanguage(machine);
        if (!Environment.IsPrivilegedProcess)
        {
            await errors.WriteLineAsync(new Words("Setup changes the system, so it needs root: sudo optfm setup", "Setup меняет систему, поэтому нужен root: sudo optfm setup").In(language));
            return LoadedSettings.ExitCode;
        }

        if (answers is null)
        {
            using var typed = new StandardInput(output);
            return await new SetupRun(machine, new TerminalRespondent(typed, output), output).RunAsync(stop);
        }

        try
        {
            await using var input = Console.OpenStandardInput();
            var respondent = new FileRespondent(AnswersFile.Read(answers, input), output);
            return await new SetupRun(machine, respondent, output).RunAsync(stop);
        }
        catch (SetupException e)
        {
            await errors.WriteLineAsync(e.Words.In(language));
            return LoadedSettings.ExitCode;
        }
    }

    /// <summary>In the form of an answers file.</summary>
    private static async Task<int> ListAsync(TextWriter output)
    {
        foreach (var question in Questions.All)
        {
            var options = question.Options.Count > 0 ? $" ({string.Join(" | ", question.Options)})" : "";
            await output.WriteLineAsync($"# {question.Asks.Russian}{options}. {question.Explains.Russian}");
            await output.WriteLineAsync($"# {question.Asks.English}{options}. {question.Explains.English}");
            await output.WriteLineAsync($"#{question.Key}=");
        }

        return 0;
    }

    private static AdministratorLanguage SystemLanguage(Machine machine)
    {
        string[] names = [ServerSettings.Language.Name, "LC_ALL", "LC_MESSAGES", "LANG"];
        return AdministratorLanguages.Of(names.Where(name => machine.Variable(name) is not null).ToDictionary(name => name, name => machine.Variable(name)!, StringComparer.Ordinal));
    }
}
