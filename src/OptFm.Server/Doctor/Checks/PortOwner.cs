using System.Text.RegularExpressions;

namespace OptFm.Server.Doctor.Checks;

/// <summary>Who listens on a port of this machine. Other users' programs are named to root only.</summary>
internal static partial class PortOwner
{
    /// <returns>The program's name; null where it cannot be known.</returns>
    public static async Task<string?> FindAsync(DoctorContext context, int port, CancellationToken stop)
    {
        var ran = await context.RunAsync("ss", ["-H", "-ltnp", $"sport = :{port}"], stop);
        return ran.Succeeded && Program().Match(ran.Output) is { Success: true } match ? match.Groups["name"].Value : null;
    }

    // LISTEN 0 511 0.0.0.0:80 0.0.0.0:* users:(("nginx",pid=812,fd=6),("nginx",pid=811,fd=6))
    [GeneratedRegex(@"users:\(\(""(?<name>[^""]+)""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Program();
}
