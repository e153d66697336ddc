using System.Net;
using OptFm.Sandbox;
using OptFm.Server.Operations;
using OptFm.Server.Setup;
using OptFm.Server.Setup.Steps;

namespace OptFm.Server.Tests.Setup;

/// <summary>A folder that looks like a machine on which the package was just installed, and a fake MAX and Telegram.</summary>
internal sealed class BareMachine : IAsyncDisposable
{
    public const string Token = "sandbox-max-token";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("optfm-machine-");
    private readonly SandboxServer _sandbox;

    private BareMachine(SandboxServer sandbox)
    {
        _sandbox = sandbox;
        Put("/etc/group", $"root:x:0:\noptfm:x:{(Environment.IsPrivilegedProcess ? 4321 : 0)}:\n");
        Put("/etc/passwd", "root:x:0:0::/root:/bin/sh\noptfm:x:4321:4321::/var/lib/optfm:/usr/sbin/nologin\n");
        Put("/etc/optfm/optfm.env", "# The shop's own remark\nOPTFM_LANG=en\nDATA_DIR=/var/lib/optfm\nFAQ_FILE=/etc/optfm/faq.json\nPORT=9\n\n# MAX\nMAX_API_KEY=\n");
        Put("/etc/optfm/faq.json", """[{"id":1,"question":"Как оформить заказ?","keywords":[],"answer":"На сайте."}]""");
        Put("/etc/nginx/sites-available/other", "another site");
        Put("/etc/nginx/sites-enabled/other", "another site");
        Put("/usr/share/optfm/nginx/optfm.conf", "# heading\nserver { listen 80; listen [::]:80; }\nserver { server_name bot.example.ru;\n ssl_certificate /etc/letsencrypt/live/bot.example.ru/fullchain.pem;\n #include snippets/optfm-page.conf;\n}\n");
        Put("/usr/share/optfm/nginx/optfm-page.conf", "page");
        Directory.CreateDirectory(PathOf("/var/lib/optfm"));
    }

    /// <summary>What was run, and what each program answers; without an answer it succeeds.</summary>
    public List<string> Ran { get; } = [];

    public Dictionary<string, ProgramOutcome> Programs { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Absent { get; } = new(StringComparer.Ordinal) { "certbot", "ufw", "fail2ban-client", "unattended-upgrade", "apt-config" };

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<IPAddress> Addresses { get; set; } = [IPAddress.Parse("192.0.2.1")];

    public SandboxServer Sandbox => _sandbox;

    public string Settings => Read("/etc/optfm/optfm.env");

    public static async Task<BareMachine> MakeAsync() => new(await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken));

    public string PathOf(string path) => _root.FullName + path;

    public string Read(string path) => File.ReadAllText(PathOf(path));

    public void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    /// <summary>Every file and what it holds.</summary>
    public IReadOnlyDictionary<string, string> Snapshot() =>
        Directory.EnumerateFiles(_root.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToDictionary(file => file, File.ReadAllText, StringComparer.Ordinal);

    public async Task<(int Code, string Output)> AnswerAsync(params (string Key, string Value)[] answers)
    {
        var output = new StringWriter();
        var all = new Dictionary<string, string>(StringComparer.Ordinal) { ["MAX_BASE_URL"] = _sandbox.MaxAddress.AbsoluteUri, ["TELEGRAM_BASE_URL"] = _sandbox.TelegramAddress.AbsoluteUri };
        foreach (var (key, value) in answers) all[key] = value;
        var code = await Run(new FileRespondent(all, output), output).RunAsync(TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }

    /// <summary>Somebody who types these lines and then closes the terminal.</summary>
    public async Task<(int Code, string Output)> TypeAsync(params string[] lines)
    {
        var output = new StringWriter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var typist = new Typist(lines, output, stop);
        var code = await Run(new TerminalRespondent(typist, output), output).RunAsync(stop.Token);
        return (code, output.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _root.Delete(recursive: true);
    }

    /// <summary>Everything but the visit to the public address: a test calls nobody outside.</summary>
    private SetupRun Run(IRespondent respondent, TextWriter output) =>
        new(Machine(), respondent, output) { Steps = [.. SetupSteps.All.Where(step => step is not TestDeliveryStep)] };

    private Machine Machine() => new()
    {
        Root = _root.FullName,
        HasProgram = name => !Absent.Contains(name),
        Variable = name => Variables.GetValueOrDefault(name),
        Resolve = (_, _) => Task.FromResult(Addresses),
        OwnAddresses = () => [IPAddress.Parse("192.0.2.1")],
        RunProgram = (name, arguments, _, _) =>
        {
            var line = $"{name} {string.Join(' ', arguments)}";
            Ran.Add(line);
            return Task.FromResult(Programs.GetValueOrDefault(line, new ProgramOutcome(Found: true, TimedOut: false, 0, "")));
        },
    };

    private sealed class Typist(string[] lines, TextWriter output, CancellationTokenSource stop) : ITypedLines
    {
        private int _next;

        public async Task<string?> ReadAsync(string prompt, bool secret, CancellationToken token)
        {
            await output.WriteLineAsync(prompt);
            if (_next == lines.Length) return null;
            var line = lines[_next++];
            if (line == "^C") await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
            return line;
        }
    }
}
