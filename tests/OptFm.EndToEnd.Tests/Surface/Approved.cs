using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Surface;

/// <summary>Texts that were looked at and found right. <c>UPDATE_APPROVED=1</c> writes them anew: look at the difference before committing it.</summary>
internal static class Approved
{
    public static void Check(string name, string text)
    {
        var file = Checkout.PathOf($"tests/OptFm.EndToEnd.Tests/Surface/approved/{name}.txt");
        var now = string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_APPROVED") == "1") File.WriteAllText(file, now);

        var approved = File.Exists(file) ? File.ReadAllText(file) : "";
        now.ShouldBe(approved, $"what others rely on has changed; if that is meant, run UPDATE_APPROVED=1 ./dev test Surface and commit {name}.txt");
    }
}
