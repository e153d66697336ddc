namespace OptFm.EndToEnd.Tests.Repository;

/// <summary>The working copy that the tests were built from.</summary>
internal static class Checkout
{
    private static readonly string[] Generated = ["bin", "obj", "out", "var", "logs", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];

    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Files under a folder of the checkout, without what builds and runs leave behind.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        foreach (var file in Directory.EnumerateFiles(folder, pattern)) yield return file;
        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            var name = Path.GetFileName(child);
            if (Generated.Contains(name) || name == ".git") continue;
            foreach (var file in Files(child, pattern)) yield return file;
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OptFm.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException($"OptFm.slnx is in no folder above {AppContext.BaseDirectory}");
    }
}
