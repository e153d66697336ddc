using System.Runtime.Versioning;
using System.Text;
using OptFm.Server.Setup;

namespace OptFm.Server.Tests.Setup;

/// <summary>Proves: a file of answers is refused where it is not what it should be, and nothing of it is quoted.</summary>
[SupportedOSPlatform("linux")]
public sealed class AnswersFileTests : IDisposable
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-answers-");

    [Fact]
    public void Keys_are_the_questions_and_values_are_written_like_settings() =>
        Read("# mine\nMAX=official\nMAX_API_KEY='a#b'\n").ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["MAX"] = "official", ["MAX_API_KEY"] = "a#b" });

    [Theory]
    [InlineData("MAX_API_KEE=hunter2\n", "MAX_API_KEE is no question of setup")]
    [InlineData("MAX_API_KEY=\"hunter2\n", "answers:1 opens a quote")]
    [InlineData("hunter2\n", "answers:1 is not of the form")]
    public void What_cannot_be_an_answer_is_named(string text, string words)
    {
        var refused = Should.Throw<SetupException>(() => Read(text));

        refused.Message.ShouldContain(words);
        refused.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_file_that_everybody_may_read_is_refused() =>
        Should.Throw<SetupException>(() => Read("MAX=off\n", Mine | UnixFileMode.OtherRead)).Message.ShouldContain("chmod 600");

    [Fact]
    public void A_file_that_is_not_there_or_is_no_text_is_refused()
    {
        Should.Throw<SetupException>(() => AnswersFile.Read("/nowhere/at/all", Stream.Null)).Message.ShouldContain("is not there");
        Should.Throw<SetupException>(() => AnswersFile.Read("-", new MemoryStream([0xCF, 0xF0]))).Message.ShouldContain("UTF-8");
        Should.Throw<SetupException>(() => AnswersFile.Read("-", new MemoryStream(new byte[65 * 1024]))).Message.ShouldContain("64 KiB");
    }

    [Fact]
    public void A_dash_is_standard_input() =>
        AnswersFile.Read("-", new MemoryStream(Encoding.UTF8.GetBytes("MAX=off")))["MAX"].ShouldBe("off");

    public void Dispose() => _folder.Delete(recursive: true);

    private IReadOnlyDictionary<string, string> Read(string text, UnixFileMode mode = Mine)
    {
        var path = Path.Combine(_folder.FullName, "answers");
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, mode);
        return AnswersFile.Read(path, Stream.Null);
    }
}
