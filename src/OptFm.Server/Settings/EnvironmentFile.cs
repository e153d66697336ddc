using System.Text;

namespace OptFm.Server.Settings;

/// <summary>What a <c>.env</c> file says. Written like python-dotenv's, so that the Python service's file keeps working.</summary>
/// <remarks>
/// Not DotNetEnv: it expands <c>$</c> inside secrets, and its errors quote the line that cannot be read.
/// The format: https://saurabh-kumar.com/python-dotenv/#file-format, without expansion and without values of several lines.
/// </remarks>
public sealed class EnvironmentFile
{
    private const int LargestFile = 1024 * 1024;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];
    private readonly List<Problem> _warnings = [];
    private readonly string _path;

    private EnvironmentFile(string path) => _path = path;

    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Lines that could not be understood, named by file and number, never quoted.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    public IReadOnlyList<Problem> Warnings => _warnings;

    /// <summary>Reads the file; one that does not exist says nothing.</summary>
    public static EnvironmentFile Read(string path)
    {
        var file = new EnvironmentFile(path);
        if (Directory.Exists(path))
            file._problems.Add(new(path, "is a folder, expected a text file", "— это папка, а нужен текстовый файл"));
        else if (File.Exists(path))
            file.ReadText();
        return file;
    }

    /// <summary>Reads a file that somebody named: it must be there.</summary>
    public static EnvironmentFile ReadNamed(string path)
    {
        var file = Read(path);
        if (!Path.Exists(path)) file._problems.Add(new(path, "is not there: OPTFM_ENV_FILE names it", "не найден: на него указывает OPTFM_ENV_FILE"));
        return file;
    }

    /// <param name="text">The file's text.</param>
    /// <param name="path">How problems name the file.</param>
    public static EnvironmentFile Parse(string text, string path)
    {
        var file = new EnvironmentFile(path);
        file.ReadLines(text);
        return file;
    }

    private void ReadText()
    {
        try
        {
            if (new FileInfo(_path).Length > LargestFile)
                _problems.Add(new(_path, "is larger than 1 MiB: this is not a file of settings", "больше 1 МиБ: это не файл настроек"));
            else
                ReadLines(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(_path)));
        }
        catch (DecoderFallbackException)
        {
            _problems.Add(new(_path, "is not UTF-8: save it in that encoding", "не в кодировке UTF-8: сохраните его в ней"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problems.Add(new(_path, "cannot be read: check its owner and mode", "не читается: проверьте владельца и права"));
        }
    }

    private void ReadLines(string text)
    {
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var problem = EnvironmentLine.Parse(line, out var parsed);
            if (problem is not null) _problems.Add(problem with { Setting = $"{_path}:{number}" });
            else if (parsed is not null) Keep(parsed, number);
        }
    }

    private void Keep(EnvironmentLine line, int number)
    {
        if (_lines.TryGetValue(line.Name, out var earlier))
            Warn(line.Name, $"is on lines {earlier} and {number} of {_path}: the last one counts", $"есть в строках {earlier} и {number} файла {_path}: действует последняя");
        if (line.Value.Contains("${", StringComparison.Ordinal))
            Warn(line.Name, $"holds ${{…}} on line {number} of {_path}: it is taken literally", $"содержит ${{…}} в строке {number} файла {_path}: это понимается буквально");
        _values[line.Name] = line.Value;
        _lines[line.Name] = number;
    }

    private void Warn(string name, string english, string russian) => _warnings.Add(new(name, english, russian));
}
