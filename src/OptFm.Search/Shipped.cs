using System.Reflection;

namespace OptFm.Search;

/// <summary>Data files that travel inside the library.</summary>
internal static class Shipped
{
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
