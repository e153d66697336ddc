using OptFm.EndToEnd.Tests.Deploy;
using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Setup;

/// <summary>
/// Proves: on a booted machine `optfm setup --answers` leads from the installed package to an answered message: real systemd, real nginx with
/// TLS, the sandbox's MAX outside. A second run changes nothing.
/// </summary>
public sealed class SetupAnswersTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-setup-");

    [Fact]
    public async Task From_an_installed_package_to_an_answered_message()
    {
        Assert.SkipUnless(Directory.Exists("/usr/share/dotnet") || Directory.Exists("/usr/lib/dotnet"), "the service sees no runtime in somebody's home");
        Tool.Find("nginx", "nginx");
        Tool.Find("update-ca-certificates", "ca-certificates");
        Tool.Find("curl", "curl");
        var packages = _folder.CreateSubdirectory("packages").FullName;
        await Tool.MustRunAsync(Checkout.PathOf("deploy/package/build.sh"), Path.GetDirectoryName(ServerBinary.Path)!, "1.0.0", "amd64", packages);
        using var authority = new TestAuthority("bot.example.ru", packages);

        var output = await ThrowawayRoot.BootAsync(_folder.FullName, """
            rm -f /etc/systemd/system/nginx.service; systemctl daemon-reload
            echo '127.0.0.1 bot.example.ru' >> /etc/hosts
            # The chain's last certificate is the authority's: this machine and the sandbox trust it.
            sed -n '/BEGIN/{h;d}; H; /END/{x;p}' /packages/fullchain.pem | awk '/BEGIN/{text=""} {text=text $0 "\n"} END{printf "%s", text}' > /usr/local/share/ca-certificates/optfm-test.crt
            update-ca-certificates > /dev/null 2>&1
            dpkg --no-triggers -i /packages/optfm_1.0.0_amd64.deb > /dev/null 2>&1
            systemd-run --quiet --unit=sandbox sh -c 'tail -f /dev/null | /usr/lib/optfm/optfm sandbox --port 8099'
            for i in $(seq 300); do if curl -s http://127.0.0.1:8099/sandbox > /dev/null; then break; fi; sleep 0.1; done

            umask 077
            cat > /root/answers << 'ANSWERS'
            OPTFM_LANG=en
            MAX=official
            MAX_BASE_URL=http://127.0.0.1:8099/max
            MAX_CA_FILE=/usr/local/share/ca-certificates/optfm-test.crt
            MAX_API_KEY=sandbox-max-token
            DOMAIN=bot.example.ru
            WEB_PAGE=on
            CERTIFICATE=/packages/fullchain.pem
            CERTIFICATE_KEY=/packages/privkey.pem
            FAIL2BAN=off
            UPGRADES=off
            ANSWERS
            umask 022
            optfm setup --answers /root/answers
            test "$(stat -c '%a %U %G' /etc/optfm/optfm.env)" = '640 root optfm'
            test "$(stat -c '%a %U %G' /etc/optfm/optfm.env.before-*)" = '640 root optfm'
            test "$(stat -c '%a %U %G' /var/backups/optfm)" = '750 optfm optfm'
            test "$(curl -s -o /dev/null -w '%{http_code}' https://bot.example.ru/health)" = 200
            test "$(curl -s -o /dev/null -w '%{http_code}' https://bot.example.ru/)" = 200

            echo 'a customer writes'
            curl -s -X POST http://127.0.0.1:8099/sandbox/max/says -d '{"chat":"7","text":"Чем занимается OptFM?"}'
            curl -s 'http://127.0.0.1:8099/sandbox/sent?wait=1&timeout=20' > /tmp/sent
            grep -q 'оптовый поставщик' /tmp/sent

            echo 'again'
            find /etc -type f ! -path '*/ssl/*' -exec sha256sum {} + | sort > /tmp/before
            started=$(systemctl show -p MainPID --value optfm)
            optfm setup --answers /root/answers > /tmp/again
            find /etc -type f ! -path '*/ssl/*' -exec sha256sum {} + | sort | diff /tmp/before -
            test "$(systemctl show -p MainPID --value optfm)" = "$started"

            echo 'a site of somebody else is broken'
            echo 'sever {}' > /etc/nginx/sites-enabled/broken
            cp /etc/nginx/sites-available/optfm /tmp/site
            sed -i s/WEB_PAGE=on/WEB_PAGE=off/ /root/answers
            if optfm setup --answers /root/answers > /tmp/refused; then exit 1; fi
            grep -q 'unknown directive "sever"' /tmp/refused
            cmp /tmp/site /etc/nginx/sites-available/optfm
            if cat /var/log/optfm/*.log /tmp/again /tmp/refused | grep -q sandbox-max-token; then exit 1; fi
            echo all is well
            """);

        output.ShouldContain("asked and answered in");
        output.ShouldContain("a delivery with the right secret arrives, one with a wrong secret is refused");
        output.ShouldNotContain("sandbox-max-token");
        output.ShouldContain("\nall is well\n", customMessage: output);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
