using System.Text;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup;

/// <summary>Answers for scripts: <c>KEY=VALUE</c>, written like the file of settings.</summary>
internal static class AnswersFile
{
    private const int LargestFile = 64 * 1024;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <param name="name">Path, or <c>-</c> for standard input.</param>
    /// <exception cref="SetupException">It cannot be used; nothing of it is quoted.</exception>
    public static IReadOnlyDictionary<string, string> Read(string name, Stream standardInput)
    {
        var answers = EnvironmentFile.Parse(name == "-" ? Text("-", standardInput) : ReadFile(name), name == "-" ? "<stdin>" : name);
        var problems = answers.Problems.Concat(Unknown(answers.Values.Keys)).ToList();
        if (problems.Count > 0) throw new SetupException(Words(problems));
        return answers.Values;
    }

    private static string ReadFile(string path)
    {
        if (!File.Exists(path)) throw Wrong(path, "is not there", "не найден");
        // Judged before it is opened: what is read by others already is no secret any more.
        if ((PlacedFile.ModeOf(path) & Others) != UnixFileMode.None)
            throw Wrong(path, "holds secrets and is open to everybody: chmod 600 it, and if others use this machine, get new tokens", "содержит секреты, а открыт всем: сделайте chmod 600, а если машиной пользуются и другие, смените токены");
        try
        {
            using var file = File.OpenRead(path);
            return Text(path, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, "cannot be read: check its owner and mode", "не читается: проверьте владельца и права");
        }
    }

    private static string Text(string name, Stream stream)
    {
        var bytes = new byte[LargestFile + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > LargestFile) throw Wrong(name, "is larger than 64 KiB: this is no file of answers", "больше 64 КиБ: это не файл ответов");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw Wrong(name, "is not UTF-8: save it in that encoding", "не в кодировке UTF-8: сохраните его в ней");
        }
    }

    private static IEnumerable<Problem> Unknown(IEnumerable<string> keys) =>
        keys.Where(key => Questions.All.All(question => question.Key != key))
            .Select(key => new Problem(key, "is no question of setup; those there are: optfm setup --questions", "— такого вопроса нет; какие есть: optfm setup --questions"));

    private static Words Words(List<Problem> problems) => new(
        string.Join('\n', problems.Select(p => p.In(AdministratorLanguage.English))),
        string.Join('\n', problems.Select(p => p.In(AdministratorLanguage.Russian))));

    private static SetupException Wrong(string name, string english, string russian) => new(new($"{name} {english}", $"{name} {russian}"));
}
