namespace OptFm.EndToEnd.Tests.Repository;

public sealed class FileSizeTests
{
    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        Sources("*.cs").Where(file => File.ReadLines(file).Count() > 400).ShouldBeEmpty("split what does several things");

    [Fact]
    public void No_file_is_larger_than_a_megabyte() =>
        Sources("*").Where(file => new FileInfo(file).Length > 1_000_000).ShouldBeEmpty("every clone carries it for ever");

    private static IEnumerable<string> Sources(string pattern) =>
        new[] { "src", "tests", "bench", "data", "docs" }
            .Select(Checkout.PathOf)
            .Where(Directory.Exists)
            .SelectMany(folder => Checkout.Files(folder, pattern));
}
