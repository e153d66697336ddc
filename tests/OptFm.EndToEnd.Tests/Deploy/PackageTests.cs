using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Deploy;

/// <summary>
/// Proves: installing, upgrading, removing and purging do what an administrator expects. Real dpkg on a throwaway overlay of this machine's
/// root; the program inside is a stand-in, because what is tested is everything around it.
/// </summary>
public sealed class PackageTests : IAsyncLifetime
{
    private const string Program = "#!/bin/sh\necho stand-in \"$@\" \"settings=$OPTFM_ENV_FILE\"\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-package-");

    public async ValueTask InitializeAsync()
    {
        Tool.Find("dpkg-deb", "dpkg");
        await BuildAsync("1.0.0");
        await BuildAsync("1.10.0");
    }

    [Fact]
    public async Task A_packages_whole_life_with_dpkg() => await ThrowawayRoot.RunAsync(_folder.FullName, """
        dpkg --no-triggers -i /packages/optfm_1.0.0_amd64.deb
        test "$(stat -c '%a %U %G' /etc/optfm/optfm.env)" = '640 root optfm'
        test "$(stat -c '%a %U %G' /var/lib/optfm)" = '750 optfm optfm'
        test "$(stat -c '%a %U %G' /var/log/optfm)" = '750 optfm optfm'
        test "$(stat -c '%a %U %G' /var/backups/optfm)" = '750 optfm optfm'
        getent passwd optfm | grep -q ':/var/lib/optfm:/usr/sbin/nologin$'
        test "$(cd /tmp && optfm config)" = 'stand-in config settings=/etc/optfm/optfm.env'
        test -L /etc/systemd/system/multi-user.target.wants/optfm.service
        test -L /etc/systemd/system/timers.target.wants/optfm-health.timer
        test -L /etc/systemd/system/timers.target.wants/optfm-backup.timer

        echo MAX_API_KEY=kept >> /etc/optfm/optfm.env; chmod 600 /etc/optfm/optfm.env
        echo '# my own' >> /etc/logrotate.d/optfm
        echo '{}' > /etc/optfm/faq.json
        echo data > /var/lib/optfm/optfm.db
        dpkg --no-triggers -i /packages/optfm_1.10.0_amd64.deb
        grep -q MAX_API_KEY=kept /etc/optfm/optfm.env
        test "$(stat -c '%a' /etc/optfm/optfm.env)" = 600
        grep -q 'my own' /etc/logrotate.d/optfm
        test "$(cat /etc/optfm/faq.json)" = '{}'

        if dpkg --no-triggers -i /packages/optfm_1.0.0_amd64.deb 2> /tmp/refused; then exit 1; fi
        grep -q 'could not read the newer database' /tmp/refused
        test "$(dpkg-query -W -f '${Version} ${db:Status-Abbrev}' optfm)" = '1.10.0 ii '
        OPTFM_ALLOW_DOWNGRADE=1 dpkg --no-triggers -i /packages/optfm_1.0.0_amd64.deb

        dpkg --no-triggers --remove optfm
        test ! -e /usr/bin/optfm
        grep -q MAX_API_KEY=kept /etc/optfm/optfm.env
        grep -q data /var/lib/optfm/optfm.db

        echo backup > /var/backups/optfm/optfm-20260101T020000Z.tar.gz
        dpkg --no-triggers --purge optfm > /tmp/purged
        grep -q 'Backups stay in /var/backups/optfm' /tmp/purged
        grep -q backup /var/backups/optfm/optfm-20260101T020000Z.tar.gz
        test "$(find /etc /usr /var/lib/optfm /var/log/optfm -name '*optfm*' ! -path '*/dpkg/*' 2> /dev/null | grep -v '^/usr/src')" = ''
        test ! -e /var/lib/optfm
        """);

    [Fact]
    public async Task The_tarball_does_the_same_elsewhere() => await ThrowawayRoot.RunAsync(_folder.FullName, """
        cd /packages
        tar xf optfm-1.0.0-amd64.tar.xz
        tar xf optfm-1.10.0-amd64.tar.xz
        optfm-1.0.0-amd64/install.sh
        test "$(stat -c '%a %U %G' /etc/optfm/optfm.env)" = '640 root optfm'
        test "$(cd /tmp && optfm config)" = 'stand-in config settings=/etc/optfm/optfm.env'
        test -e /usr/lib/systemd/system/optfm.service

        echo MAX_API_KEY=kept >> /etc/optfm/optfm.env
        echo '# my own' >> /etc/logrotate.d/optfm
        optfm-1.10.0-amd64/install.sh
        test "$(cat /usr/lib/optfm/VERSION)" = 1.10.0
        grep -q MAX_API_KEY=kept /etc/optfm/optfm.env
        grep -q 'my own' /etc/logrotate.d/optfm
        test -e /etc/logrotate.d/optfm.new

        if optfm-1.0.0-amd64/install.sh 2> /tmp/refused; then exit 1; fi
        grep -q 'could not read the newer database' /tmp/refused
        test "$(cat /usr/lib/optfm/VERSION)" = 1.10.0

        optfm-1.10.0-amd64/install.sh --remove
        test ! -e /usr/bin/optfm
        grep -q MAX_API_KEY=kept /etc/optfm/optfm.env
        optfm-1.10.0-amd64/install.sh --purge
        test ! -e /var/backups/optfm
        test ! -e /etc/optfm
        test ! -e /var/lib/optfm
        """);

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task BuildAsync(string version)
    {
        var program = _folder.CreateSubdirectory($"program-{version}").FullName;
        Directory.CreateDirectory(Path.Combine(program, "data"));
        await File.WriteAllTextAsync(Path.Combine(program, "optfm"), Program, TestContext.Current.CancellationToken);
        foreach (var file in (string[])["faq.json", "phrases.ru.json"]) File.Copy(Checkout.PathOf($"data/{file}"), Path.Combine(program, "data", file));
        await Tool.MustRunAsync(Checkout.PathOf("deploy/package/build.sh"), program, version, "amd64", Path.Combine(_folder.FullName, "packages"));
    }
}
