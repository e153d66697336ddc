using OptFm.Server.Operations;

namespace OptFm.Server.Updates;

/// <summary>Programs of the system that must succeed for an update to go on.</summary>
internal static class SystemProgram
{
    /// <returns>What it said.</returns>
    /// <exception cref="UpdateException">It is absent or failed; with its words.</exception>
    public static async Task<string> MustAsync(string name, IReadOnlyList<string> arguments, CancellationToken stop, IReadOnlyDictionary<string, string>? variables = null)
    {
        var ran = await ExternalProgram.RunAsync(name, arguments, Installation.Patience, stop, variables);
        if (ran.Succeeded) return ran.Output;
        if (!ran.Found) throw new UpdateException($"{name} is not installed.", $"Программа {name} не установлена.");

        throw new UpdateException($"{name} failed: {ran.Output}", $"{name} не справился: {ran.Output}");
    }
}
