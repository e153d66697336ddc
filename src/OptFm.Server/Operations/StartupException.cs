using OptFm.Server.Settings;

namespace OptFm.Server.Operations;

/// <summary>The server cannot start, for reasons its administrator can mend; all of them at once, in both languages.</summary>
public sealed class StartupException(IReadOnlyList<(string English, string Russian)> problems, Exception? inner = null)
    : Exception(string.Join(Environment.NewLine, problems.Select(p => p.English)), inner)
{
    /// <summary>Whether starting again may succeed though nobody changed anything, as when the database's server is not up yet.</summary>
    public bool MayPass { get; init; }

    /// <summary>A line per problem.</summary>
    public IEnumerable<string> In(AdministratorLanguage language) =>
        problems.Select(p => language == AdministratorLanguage.Russian ? p.Russian : p.English);
}
