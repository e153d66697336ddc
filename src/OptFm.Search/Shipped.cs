using System.Reflection;

namespace OptFm.Search;

/// <summary>Data files that travel inside the library.</summary>
internal static class Shipped
{
    public static string Read(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    public static Stream Open(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
}
