using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Doctor;

/// <summary>An installation's folder, forgotten afterwards.</summary>
internal sealed class DoctorFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-doctor-");

    public string FullName => _folder.FullName;

    public string Write(string name, string text)
    {
        var path = Path.Combine(FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The demo's FAQ with the comma lost that stood at the end of its first entry.</summary>
    public string BrokenFaq()
    {
        var text = File.ReadAllText(Checkout.PathOf("data/faq.json"));
        var end = text.IndexOf("},", StringComparison.Ordinal);
        return Write("faq.json", text.Remove(end + 1, 1));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
