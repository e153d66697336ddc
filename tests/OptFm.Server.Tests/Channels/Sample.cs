namespace OptFm.Server.Tests.Channels;

/// <summary>Payloads written from the messengers' contracts.</summary>
internal static class Sample
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Channels", "Samples");

    public static byte[] Of(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".json"));

    public static IEnumerable<byte[]> All() => Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllBytes);
}
