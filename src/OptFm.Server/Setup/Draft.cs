using OptFm.Server.Channels;
using OptFm.Server.Settings;

namespace OptFm.Server.Setup;

/// <summary>What the answers given so far come to.</summary>
internal sealed class Draft(Machine machine, Present present)
{
    /// <summary>Where the hardened service cannot look, or finds a folder of its own.</summary>
    private static readonly string[] Hidden = ["/root/", "/home/", "/tmp/", "/var/tmp/", "/run/user/"];

    private readonly List<FileCopy> _copies = [];

    public Machine Machine => machine;

    public Present Present => present;

    /// <summary>What the file of settings shall say.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<FileCopy> Copies => _copies;

    /// <summary>The settings as they will be, with files where they still are: for checks before anything is changed.</summary>
    public IReadOnlyDictionary<string, string> Tentative()
    {
        var values = new Dictionary<string, string>(present.Settings, StringComparer.Ordinal);
        foreach (var (name, value) in Settings) values[name] = _copies.Find(c => c.Target == value)?.Source ?? value;
        if (machine.Root.Length == 0) return values;

        foreach (var (name, value) in values.ToList())
        {
            if (value.StartsWith('/')) values[name] = machine.PathOf(value);
        }

        return values;
    }

    /// <summary>Notes a file; one that the service could not read goes to /etc/optfm.</summary>
    /// <param name="always">Copied wherever it is outside /etc.</param>
    public void SetFile(string setting, string path, string name, bool always)
    {
        var stays = always ? path.StartsWith("/etc/", StringComparison.Ordinal) : !Array.Exists(Hidden, folder => path.StartsWith(folder, StringComparison.Ordinal));
        if (path.Length == 0 || stays)
        {
            Settings[setting] = path;
            return;
        }

        var target = $"/etc/optfm/{name}";
        _copies.Add(new FileCopy(path, target));
        Settings[setting] = target;
    }

    /// <summary>A secret that is set and can be used stays; else there is a new one. Asked of an answers file alone.</summary>
    public async Task SecretAsync(Asking asking, Question question, int least, CancellationToken stop)
    {
        var known = present.Settings.GetValueOrDefault(question.Key, "").Trim();
        if (!WebhookSecret.IsAcceptable(known, least, 256)) known = machine.NewSecret();
        Settings[question.Key] = await asking.TextAsync(question, known, secret => Judge(secret, least), stop);
    }

    private static Verdict Judge(string secret, int least) => WebhookSecret.IsAcceptable(secret, least, 256)
        ? Verdict.Fine
        : Verdict.Refused($"{least} to 256 of A-Z a-z 0-9 _ -", $"от {least} до 256 знаков A-Z a-z 0-9 _ -");
}
