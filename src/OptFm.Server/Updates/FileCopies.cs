using OptFm.Server.Operations;

namespace OptFm.Server.Updates;

/// <summary>Second names for installed files, which outlive their replacing; copies where the folder is on another disk.</summary>
internal static class FileCopies
{
    private const int AtOnce = 500;

    /// <param name="files">Full paths; they are found below <paramref name="folder"/> by the same paths.</param>
    public static async Task TakeAsync(IEnumerable<string> files, string folder, CancellationToken stop)
    {
        foreach (var some in files.Chunk(AtOnce))
        {
            // dpkg and install.sh put new files in the place of old ones and never write into them, so a second name is as good as a copy.
            var linked = await ExternalProgram.RunAsync("cp", ["-al", "--parents", "--", .. some, folder], Installation.Patience, stop);
            if (!linked.Succeeded) await SystemProgram.MustAsync("cp", ["-a", "--parents", "--remove-destination", "--", .. some, folder], stop);
        }
    }
}
