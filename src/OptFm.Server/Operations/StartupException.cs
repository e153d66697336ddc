using OptFm.Server.Settings;

namespace OptFm.Server.Operations;

/// <summary>The server cannot start, for reasons its administrator can mend; all of them at once, in both languages.</summary>
public sealed class StartupException(IReadOnlyList<(string English, string Russian)> problems, Exception? inner = null)
    : Exception(string.Join(Environment.NewLine, problems.Select(p => p.English)), inner)
{
    /// <summary>A line per problem.</summary>
    public IEnumerable<string> In(AdministratorLanguage language) =>
        problems.Select(p => language == AdministratorLanguage.Russian ? p.Russian : p.English);
}
