using System.ComponentModel;
using System.Diagnostics;

namespace OptFm.Bench.Chaos;

/// <summary>Programs of the system.</summary>
internal static class Shell
{
    /// <returns>Whether it ran and ended well.</returns>
    public static async Task<bool> TryAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
