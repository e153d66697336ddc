using System.Globalization;

namespace OptFm.Server.Updates;

/// <summary>Tells the administrator what happens, in their language, and keeps it for later: their connection may be gone by then.</summary>
internal sealed class UpdateLog(TextWriter output, bool russian, TimeProvider clock)
{
    public bool Russian => russian;

    public void Say(string inEnglish, string inRussian) => Write(russian ? inRussian : inEnglish);

    public void Say(UpdateException problem) => Write(problem.In(russian));

    /// <summary>What a program said, indented.</summary>
    public void Quote(string text)
    {
        foreach (var line in text.Split('\n').Where(line => line.Trim().Length > 0)) Write("    " + line.TrimEnd());
    }

    private void Write(string line)
    {
        try
        {
            output.WriteLine(line);
            output.Flush();
        }
        catch (IOException)
        {
            // Nobody looks any more; the update goes on.
        }

        if (!Directory.Exists(UpdateFolder.Root)) return;
        try
        {
            var time = clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            File.AppendAllText(UpdateFolder.Log, $"{time} {line}\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk must not stop a rollback.
        }
    }
}
