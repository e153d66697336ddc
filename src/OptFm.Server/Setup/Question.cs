using OptFm.Server.Settings;

namespace OptFm.Server.Setup;

/// <summary>Something that setup wants to know.</summary>
/// <param name="Key">How an answers file names it; the setting's name where the answer becomes one.</param>
/// <param name="Asks">The question, in a few words.</param>
/// <param name="Explains">In one line: what it is for, or where the answer comes from.</param>
internal sealed record Question(string Key, Words Asks, Words Explains)
{
    /// <summary>Never shown: neither what is set nor what is typed.</summary>
    public bool Secret { get; init; }

    /// <summary>What may be answered; empty for anything.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Whether "-" may take away what is set.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>False: right as it is for nearly everybody, so only an answers file may say otherwise.</summary>
    public bool Asked { get; init; } = true;

    public static IReadOnlyList<string> OnOff { get; } = ["on", "off"];

    /// <summary>The option that was meant, or null: its number, its word, or yes and no in either language.</summary>
    public string? OptionOf(string answer)
    {
        var said = answer.Trim().ToLowerInvariant();
        if (Options.Contains(said)) return said;
        if (said.Length == 1 && said[0] - '1' is var index && index >= 0 && index < Options.Count) return Options[index];
        if (!ReferenceEquals(Options, OnOff)) return null;
        return said switch
        {
            "y" or "yes" or "true" or "да" or "д" => "on",
            "n" or "no" or "false" or "нет" or "н" or "0" => "off",
            _ => null,
        };
    }
}
