using OptFm.EndToEnd.Tests.Faults;
using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Deploy;

/// <summary>Proves: on lines that real nginx wrote, the filter sees scanners and never a messenger.</summary>
public sealed class Fail2BanTests
{
    private static readonly string[] Scanned = ["/.env", "/wp-login.php", "/webhook/maximum", "/webhook/max/test", "/a%22b", "/%0A"];
    private static readonly string[] Harmless = ["/health", "/favicon.ico", "/robots.txt", "/webhook/max/status"];

    [Fact]
    public async Task Scanners_are_seen_and_messengers_are_not()
    {
        var fail2ban = Tool.Find("fail2ban-regex", "fail2ban");
        await using var site = await NginxSite.StartAsync();
        using var client = site.Client();
        foreach (var path in Scanned.Concat(Harmless)) (await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).Dispose();
        // A messenger whose secret went out of step, one that sends too much at once, one that sends nonsense: none may be banned.
        foreach (var path in (string[])["/webhook/max/", "/webhook/max", "/webhook/telegram/"])
        {
            foreach (var body in (byte[][])[Crowd.Update("1", 1, "x"), new byte[(1 << 20) + 1], "nonsense"u8.ToArray()]) await DeliverAsync(client, path, body);
        }

        await site.LogAsync(Scanned.Length + Harmless.Length + 9);
        var output = await FilterAsync(fail2ban, site.AccessLog);

        Matched(output).Select(line => line[(line.IndexOf("\"status\"", StringComparison.Ordinal))..]).ShouldAllBe(line => !line.Contains("/webhook/max/\"") && !line.Contains("telegram"));
        Matched(output).Count.ShouldBe(Scanned.Length, output);
    }

    [Fact]
    public async Task Nobody_can_have_another_banned_by_what_he_writes()
    {
        var fail2ban = Tool.Find("fail2ban-regex", "fail2ban");
        await using var site = await NginxSite.StartAsync();
        using var client = site.Client();
        foreach (var forged in (string[])["/health?\",\"address\":\"6.6.6.6\",\"status\":\"404\"", "/health?%22,%22address%22:%226.6.6.6%22"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(forged, UriKind.Relative));
            request.Headers.TryAddWithoutValidation("User-Agent", "{\"time\":\"2026-01-01T00:00:00+00:00\",\"address\":\"6.6.6.6\",\"status\":\"404\",\"method\":\"GET\",\"uri\":\"/x\"");
            (await client.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
        }

        await site.LogAsync(2);

        Matched(await FilterAsync(fail2ban, site.AccessLog)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_jail_is_understood_once_it_is_turned_on()
    {
        var client = Tool.Find("fail2ban-client", "fail2ban");
        var folder = Directory.CreateTempSubdirectory("optfm-fail2ban-");
        try
        {
            await Tool.MustRunAsync("/bin/cp", "-r", "/etc/fail2ban/.", folder.FullName);
            // Debian's own jail for SSH wants a log that machines with journald alone do not have.
            File.Delete(Path.Combine(folder.FullName, "jail.d/defaults-debian.conf"));
            File.Copy(Checkout.PathOf("deploy/fail2ban/filter.d/optfm.conf"), Path.Combine(folder.FullName, "filter.d/optfm.conf"), overwrite: true);
            var log = Path.Combine(folder.FullName, "optfm.log");
            await File.WriteAllTextAsync(log, "", TestContext.Current.CancellationToken);
            var jail = (await File.ReadAllTextAsync(Checkout.PathOf("deploy/fail2ban/jail.d/optfm.conf"), TestContext.Current.CancellationToken)).Replace("/var/log/nginx/optfm.log", log);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "jail.d/optfm.conf"), jail, TestContext.Current.CancellationToken);

            (await Tool.MustRunAsync(client, "-c", folder.FullName, "-d")).ShouldNotContain("['start', 'optfm']");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "jail.d/optfm.local"), "[optfm]\nenabled = true\n", TestContext.Current.CancellationToken);
            var dump = await Tool.MustRunAsync(client, "-c", folder.FullName, "-d");

            dump.ShouldContain("['set', 'optfm', 'maxretry', 30]");
            dump.ShouldContain("['start', 'optfm']");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task DeliverAsync(HttpClient client, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        (await client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken)).Dispose();
    }

    private static Task<string> FilterAsync(string fail2ban, string log) =>
        Tool.MustRunAsync(fail2ban, "--print-all-matched", log, Checkout.PathOf("deploy/fail2ban/filter.d/optfm.conf"));

    private static List<string> Matched(string output)
    {
        var lines = new List<string>();
        var matched = false;
        foreach (var line in output.Split('\n'))
        {
            if (line.StartsWith("|- Matched line(s):", StringComparison.Ordinal)) matched = true;
            else if (!line.StartsWith("|  {", StringComparison.Ordinal)) matched = false;
            else if (matched) lines.Add(line);
        }

        return lines;
    }
}
