namespace OptFm.Server.Backups;

/// <summary>A folder for work under way, closed to everybody else: it holds customers' words and secrets. Deleted at the end.</summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Prefix = ".optfm-work-";

    private WorkFolder(string path) => Path = path;

    public string Path { get; }

    public static WorkFolder Make(string parent)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException();
        var path = System.IO.Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(path, FileOwner.PrivateFolder);
        return new(path);
    }

    /// <summary>Removes what a killed process left. Only under the lock: nobody else's work is there then.</summary>
    public static void Sweep(string parent)
    {
        foreach (var folder in Directory.EnumerateDirectories(parent, Prefix + "*")) new WorkFolder(folder).Dispose();
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next backup sweeps it away, or root's next one. What went wrong before is worth more than this.
        }
    }
}
