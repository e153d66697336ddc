using OptFm.Server.Settings;

namespace OptFm.Server.Setup;

/// <summary>What a check says of an answer.</summary>
/// <param name="Accepted">False: something else must be answered.</param>
/// <param name="Certain">False: it may be right, and nobody can tell now; the administrator decides.</param>
/// <param name="Reason">What is to be told, if anything.</param>
internal sealed record Verdict(bool Accepted, bool Certain, Words? Reason)
{
    public static Verdict Fine { get; } = new(Accepted: true, Certain: true, null);

    public static Verdict FineAs(string english, string russian) => new(Accepted: true, Certain: true, new(english, russian));

    public static Verdict Doubtful(string english, string russian) => new(Accepted: true, Certain: false, new(english, russian));

    public static Verdict Refused(string english, string russian) => new(Accepted: false, Certain: true, new(english, russian));
}
