namespace OptFm.Server.Updates;

/// <summary>A package's control file out of what dpkg's database says of the installed package.</summary>
internal static class ControlFile
{
    /// <summary>What belongs to the installation, not to the package.</summary>
    private static readonly string[] Installed = ["Status", "Conffiles", "Config-Version"];

    public static string FromStatus(string status)
    {
        var kept = new List<string>();
        var keeping = true;
        foreach (var line in status.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0))
        {
            // A line that begins with a space goes on with the field above it.
            if (!char.IsWhiteSpace(line[0])) keeping = !Installed.Contains(line.Split(':')[0], StringComparer.OrdinalIgnoreCase);
            if (keeping) kept.Add(line);
        }

        return string.Join('\n', kept) + "\n";
    }
}
