using OptFm.Server.Settings;

namespace OptFm.Server.Doctor;

/// <summary>What a finding is about, in the order of the output.</summary>
public enum Area
{
    Settings,
    Answers,
    Storage,
    Server,
    Messengers,
    Delivery,
    Machine,
}

/// <summary>One thing that can be wrong. The id is stable: scripts and monitoring rely on it (docs/doctor.md).</summary>
/// <param name="Id">Such as <c>max-token</c>.</param>
/// <param name="Title">What is looked at, in a few words without a capital.</param>
/// <param name="Why">Why it matters, a sentence.</param>
/// <param name="Mend">The command that mends it in most cases; a finding may know better.</param>
public sealed record Diagnosis(string Id, Area Area, Words Title, Words Why, Words Mend)
{
    public Finding Ok(Words? what = null) => new(this, FindingLevel.Ok, what ?? Title);

    public Finding Warning(Words what, Words? mend = null) => new(this, FindingLevel.Warning, what) { Mend = mend ?? Mend };

    public Finding Failure(Words what, Words? mend = null) => new(this, FindingLevel.Failure, what) { Mend = mend ?? Mend };

    /// <summary>It could not be looked at here and now.</summary>
    public Finding Unchecked(Words what, Words? mend = null) => new(this, FindingLevel.Unchecked, what) { Mend = mend ?? "" };

    /// <summary>Only root may look.</summary>
    public Finding NeedsRoot() => Unchecked(
        ($"{Title.English}: only root may look", $"{Title.Russian}: посмотреть может только root"), "sudo optfm doctor");
}
