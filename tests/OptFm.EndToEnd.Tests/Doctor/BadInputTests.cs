using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OptFm.Sandbox;

namespace OptFm.EndToEnd.Tests.Doctor;

/// <summary>Proves: whatever an administrator gets wrong, or the machine does, <c>optfm doctor</c> says so in one line and in their language.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly DoctorFolder _folder = new();
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_wrong_token()
    {
        await using var sandbox = await SandboxServer.StartAsync(stop: Stop);
        _settings["OPTFM_LANG"] = "ru";
        _settings["TELEGRAM_BOT_TOKEN"] = "1000001:hunter2";
        _settings["TELEGRAM_BASE_URL"] = sandbox.TelegramAddress.AbsoluteUri;

        var run = await RunAsync();

        run.ShouldDiagnose("telegram-token", "Telegram не принимает токен из TELEGRAM_BOT_TOKEN");
        run.Output.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_domain_without_DNS()
    {
        await using var sandbox = await SandboxServer.StartAsync(stop: Stop);
        _settings["TELEGRAM_BOT_TOKEN"] = sandbox.Telegram.Token;
        _settings["TELEGRAM_BASE_URL"] = sandbox.TelegramAddress.AbsoluteUri;
        _settings["TELEGRAM_WEBHOOK_URL"] = "https://no-such-bot.invalid/webhook/telegram/";

        (await RunAsync()).ShouldDiagnose("webhook-dns", "no-such-bot.invalid has no address in DNS");
    }

    [Fact]
    public async Task A_busy_port()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        _settings["PORT"] = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var answering = AnswerAsync(other);

        (await RunAsync()).ShouldDiagnose("port", $"127.0.0.1:{_settings["PORT"]} is taken by another program");
        await answering;
    }

    [Fact]
    public async Task A_read_only_disk()
    {
        var run = await OnDiskAsync("size=8m", "mount -o remount,ro data");

        run.ShouldDiagnose("disk-writable", "is read-only");
    }

    [Fact]
    public async Task A_full_disk()
    {
        var run = await OnDiskAsync("size=2m", "dd if=/dev/zero of=data/filler bs=4k 2>/dev/null || true");

        run.ShouldDiagnose("disk-writable", "is full");
    }

    [Fact]
    public async Task No_Internet()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can make a network of its own");
        _settings["MAX_API_KEY"] = "hunter2";
        _settings["MAX_BASE_URL"] = "https://platform-api2.max.ru";
        _settings["MAX_WEBHOOK_URL"] = "https://bot.example.ru/webhook/max/";
        _settings["MAX_WEBHOOK_SECRET"] = "hunter2-secret";

        var run = await DoctorRun.StartAsync(_folder.FullName, _settings, "/usr/bin/unshare", "--net");

        run.ShouldDiagnose("internet", "this machine has no Internet");
        run.Line("max-api").ShouldStartWith("? ");
        run.Output.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_half_written_configuration()
    {
        var file = _folder.Write("optfm.env", "OPTFM_LANG=ru\nPORT=8000\nMAX_API_KEY=\"hunter2-and-the-editor-cra");
        _settings["OPTFM_ENV_FILE"] = file;
        _settings["OPTFM_LANG"] = "";
        var run = await RunAsync();

        run.Output.ShouldNotContain("hunter2");
        run.Line("settings").ShouldContain($"{file}:3");
        run.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task A_configuration_of_which_nothing_is_left()
    {
        _settings["OPTFM_ENV_FILE"] = _folder.Write("optfm.env", "");

        (await RunAsync()).ShouldDiagnose("settings", "says nothing");
    }

    [Fact]
    public async Task A_broken_FAQ()
    {
        _settings["FAQ_FILE"] = _folder.BrokenFaq();

        (await RunAsync()).ShouldDiagnose("faq-file", "faq.json", "at line ");
    }

    [Fact]
    public async Task Secrets_open_to_everybody()
    {
        var file = _folder.Write("optfm.env", "TELEGRAM_BOT_TOKEN=1:hunter2\nTELEGRAM_BASE_URL=http://127.0.0.1:1\n");
        _settings["OPTFM_ENV_FILE"] = file;
        await Deploy.Tool.MustRunAsync("chmod", "0644", file);

        (await RunAsync()).ShouldDiagnose("settings-mode", "open to every user of this machine");
    }

    [Fact]
    public async Task Programs_get_the_same_as_JSON()
    {
        _settings["FAQ_FILE"] = _folder.BrokenFaq();

        var json = await DoctorRun.JsonAsync(_folder.FullName, _settings);

        json.GetProperty("level").GetString().ShouldBe("failure");
        var faq = json.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("id").GetString() == "faq-file");
        faq.GetProperty("level").GetString().ShouldBe("failure");
        faq.GetProperty("mend").GetString()!.ShouldContain("optfm faq check");
    }

    private static async Task AnswerAsync(TcpListener listener)
    {
        using var socket = await listener.AcceptSocketAsync(Stop);
        await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nHello"u8.ToArray(), Stop);
    }

    private async Task<DoctorRun> OnDiskAsync(string size, string trouble)
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can mount a disk");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "data"));
        _settings["DATA_DIR"] = Path.Combine(_folder.FullName, "data");
        return await DoctorRun.StartAsync(
            _folder.FullName, _settings,
            "/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/sh", "-ec", $"mount -t tmpfs -o {size} tmpfs data; {trouble}; exec \"$0\" \"$@\"");
    }

    private Task<DoctorRun> RunAsync() => DoctorRun.StartAsync(_folder.FullName, _settings);
}
