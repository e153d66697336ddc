using OptFm.Server.Settings;
using OptFm.Server.Setup.Steps;

namespace OptFm.Server.Setup;

/// <summary>Setup from the first question to the summary: ask everything, plan, show, then change one thing after the other.</summary>
internal sealed class SetupRun(Machine machine, IRespondent respondent, TextWriter output)
{
    public const int Interrupted = 130;

    public IReadOnlyList<ISetupStep> Steps { get; init; } = SetupSteps.All;

    /// <returns>0: all is as it should be. 1: something failed. 2: an answer or the settings cannot be used. 130: interrupted.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            var setup = await AskAsync(stop);
            var plan = await PlanAsync(setup, stop);
            if (!await respondent.ConfirmAsync(stop)) return Tell(0, "Nothing was changed.", "Ничего не изменено.");
            return await new SetupReport(plan, setup, output).ApplyAsync(stop);
        }
        catch (SetupException e)
        {
            await output.WriteLineAsync(e.Words.In(respondent.Language));
            return LoadedSettings.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await output.WriteLineAsync();
            return Tell(Interrupted, "Interrupted. Nothing was changed.", "Прервано. Ничего не изменено.");
        }
    }

    private async Task<SetupContext> AskAsync(CancellationToken stop)
    {
        var present = Present.Read(machine);
        var interview = new Interview(machine, present, respondent);
        var choices = await interview.RunAsync(stop);
        if (respondent is FileRespondent { Problems: { Count: > 0 } problems })
            throw new SetupException(string.Join('\n', problems));

        var text = SettingsFileEdit.Apply(present.SettingsText, Changes(present, choices));
        var loaded = LoadedSettings.From(new SettingsSource(interview.Tentative, EnvironmentFile.Parse("", machine.SettingsFile))) with { Language = respondent.Language };
        return loaded.Problems.Count == 0 ? new SetupContext(machine, present, choices, text, loaded) : throw Unusable(loaded);
    }

    /// <summary>A setting that is not in the file and shall be what it is by default needs no line.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Changes(Present present, Choices choices) => choices.Settings.Where(change =>
        present.Settings.ContainsKey(change.Key) || change.Value != (ServerSettings.All.FirstOrDefault(s => s.Name == change.Key)?.Default ?? ""));

    private static SetupException Unusable(LoadedSettings loaded) => new(new(
        "The settings would not be usable, so nothing was changed:\n" + string.Join('\n', loaded.Problems.Select(p => "  " + p.In(AdministratorLanguage.English))),
        "Настройки были бы негодны, поэтому ничего не изменено:\n" + string.Join('\n', loaded.Problems.Select(p => "  " + p.In(AdministratorLanguage.Russian)))));

    private async Task<IReadOnlyList<ISetupStep>> PlanAsync(SetupContext setup, CancellationToken stop)
    {
        var needed = new List<ISetupStep>();
        await output.WriteLineAsync();
        Tell(0, "What will be done:", "Что будет сделано:");
        foreach (var step in Steps)
        {
            if (await step.PlanAsync(setup, stop) is not { } words) continue;
            needed.Add(step);
            await output.WriteLineAsync($"  {needed.Count}. {words.In(respondent.Language)}");
        }

        await output.WriteLineAsync();
        return needed;
    }

    private int Tell(int code, string english, string russian)
    {
        output.WriteLine(new Words(english, russian).In(respondent.Language));
        return code;
    }
}
