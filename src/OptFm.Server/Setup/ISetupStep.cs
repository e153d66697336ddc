using OptFm.Server.Operations;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup;

/// <summary>One change to the machine. It looks first, and finds nothing to do where all is as it should be.</summary>
internal interface ISetupStep
{
    /// <summary>Whether the steps after it make no sense without it.</summary>
    bool IsEssential => false;

    /// <summary>What it would do.</summary>
    /// <returns>Null when there is nothing to do.</returns>
    Task<Words?> PlanAsync(SetupContext setup, CancellationToken stop);

    /// <summary>Does it. What fails is as it was before.</summary>
    Task<StepOutcome> ApplyAsync(SetupContext setup, CancellationToken stop);
}

internal enum StepState
{
    Done,

    /// <summary>Something it needs is not installed, or not wanted; the bot works without.</summary>
    Skipped,

    Failed,
}

/// <summary>How a step ended.</summary>
internal sealed record StepOutcome(StepState State, Words What)
{
    /// <summary>What a program said, line by line.</summary>
    public string Output { get; init; } = "";

    public static StepOutcome Done(string english, string russian) => new(StepState.Done, new(english, russian));

    public static StepOutcome Skipped(string english, string russian) => new(StepState.Skipped, new(english, russian));

    public static StepOutcome Failed(string english, string russian) => new(StepState.Failed, new(english, russian));

    public static StepOutcome Failed(string command, ProgramOutcome program) => new(
        StepState.Failed,
        program.Found
            ? program.TimedOut ? new($"{command} did not end in time", $"{command} не завершилась вовремя") : new($"{command} failed", $"{command} — ошибка")
            : new($"{command}: there is no such program", $"{command}: такой программы нет"))
    { Output = program.Output };
}

/// <summary>What steps know.</summary>
/// <param name="SettingsText">The file of settings as it will be.</param>
/// <param name="Loaded">The same, read.</param>
internal sealed record SetupContext(Machine Machine, Present Present, Choices Choices, string SettingsText, LoadedSettings Loaded)
{
    public AdministratorLanguage Language => Loaded.Language;
}
