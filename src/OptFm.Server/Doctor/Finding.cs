using OptFm.Server.Settings;

namespace OptFm.Server.Doctor;

/// <summary>How bad it is. The words are in the JSON too.</summary>
public enum FindingLevel
{
    Ok,

    /// <summary>Could not be looked at; does not change the exit code.</summary>
    Unchecked,

    /// <summary>Works today, and may not tomorrow.</summary>
    Warning,

    /// <summary>Customers go without answers, or secrets lie open.</summary>
    Failure,
}

/// <summary>What was found of one diagnosis. Never holds a secret.</summary>
/// <param name="What">One line that tells all of it.</param>
public sealed record Finding(Diagnosis Diagnosis, FindingLevel Level, Words What)
{
    /// <summary>The command that mends it; empty where there is nothing to mend.</summary>
    public Words Mend { get; init; } = "";
}
