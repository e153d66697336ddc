using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Deploy;

/// <summary>
/// Proves: an update that is not genuine or does not fit is refused with nothing changed; a good one is installed; one that ends, hangs or
/// breaks the database is undone by itself and nothing acknowledged is lost; one that was cut off is undone at the next start. Real systemd,
/// dpkg and program; the broken versions are scripts that break in one way each.
/// </summary>
public sealed class UpdateTests : IDisposable
{
    /// <summary>What all versions can do here. The backup has tests of its own.</summary>
    private const string Backup = """
        #!/bin/sh
        if [ "$1" = backup ]; then
            test "$(id -un)" = optfm
            echo copy > /var/lib/optfm/backup.tar.gz
            echo "The backup is made: /var/lib/optfm/backup.tar.gz (5 bytes)"
            exit 0
        fi

        """;

    private static readonly string[] Runtimes = ["/usr/share/dotnet", "/usr/lib/dotnet"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-update-");

    [Fact]
    public async Task A_version_that_does_not_become_healthy_is_undone_and_nothing_is_lost()
    {
        Assert.SkipUnless(Runtimes.Any(Directory.Exists), "the service sees no runtime in somebody's home");
        Tool.Find("dpkg-deb", "dpkg");
        Tool.Find("sqlite3", "sqlite3");
        Tool.Find("gpgv", "gpgv");
        Tool.Find("gpg", "gpg");
        await BuildAsync("1.0.0");
        await BuildAsync("1.1.0");
        await BuildAsync("1.2.0", "case $1 in config) ;; *) echo broken on purpose; exit 1 ;; esac");
        await BuildAsync("1.3.0", "case $1 in config) ;; serve) exec sleep 1000 ;; *) exit 1 ;; esac");
        await BuildAsync("1.4.0", """
            case $1 in
                config) ;;
                serve)
                    sqlite3 /var/lib/optfm/optfm.db "ALTER TABLE inbox ADD COLUMN mood TEXT; PRAGMA user_version = 99;
                        INSERT INTO inbox (channel, key, chat, type, body, state, received_at) VALUES ('web', 'meanwhile', 'c', 'message', x'7b7d', 0, 1)"
                    exit 1 ;;
                *) exit 1 ;;
            esac
            """);
        await BuildAsync("1.5.0", "case $1 in config) ;; *) exit 1 ;; esac");
        await BuildAsync("1.6.0", "case $1 in config) echo; echo PORT is no number; exit 2 ;; *) exit 1 ;; esac");

        var output = await ThrowawayRoot.BootAsync(_folder.FullName, Story);

        output.ShouldContain("\nall is well\n", customMessage: output);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <param name="program">A script that stands in for the program; null for the real one.</param>
    private async Task BuildAsync(string version, string? program = null)
    {
        var folder = _folder.CreateSubdirectory("program-" + version).FullName;
        if (program is null)
        {
            await Tool.MustRunAsync("cp", "-r", Path.GetDirectoryName(ServerBinary.Path)! + "/.", folder);
            // A program built for one system has none.
            var runtimes = new DirectoryInfo(Path.Combine(folder, "runtimes"));
            foreach (var runtime in runtimes.Exists ? runtimes.GetDirectories() : [])
            {
                if (runtime.Name != "linux-x64") runtime.Delete(recursive: true);
            }

            program = $"exec {Runtimes.First(Directory.Exists)}/dotnet \"$(dirname \"$0\")/optfm.dll\" \"$@\"";
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "optfm"), Backup + program + "\n", TestContext.Current.CancellationToken);
        await Tool.MustRunAsync(Checkout.PathOf("deploy/package/build.sh"), folder, version, "amd64", Path.Combine(_folder.FullName, "packages"));
    }

    private const string Story = """
        # expect CODE WORDS ARGUMENTS…: what `optfm update` ends with and says.
        expect() {
            expected=$1 words=$2; shift 2
            echo "update $*"
            got=0; optfm update "$@" > /tmp/said 2>&1 || got=$?
            if [ $got = $expected ] && grep -q "$words" /tmp/said; then return 0; fi
            echo "expected $expected and '$words', got $got:"; cat /tmp/said; journalctl -u optfm -n 20 --no-pager; return 1
        }
        version_is() { test "$(dpkg-query -W -f '${Version} ${db:Status-Abbrev}' optfm)" = "$1 ii "; }
        well() { test "$(systemctl is-active optfm)" = active; optfm health > /dev/null; test "$(systemctl is-active optfm-health.timer)" = active; }
        tidy() { test "$(ls /var/lib/optfm-update)" = "$(printf 'lock\nupdate.log')"; test ! -e /etc/systemd/system/optfm-update-resume.service; test ! -e /var/lib/optfm/optfm.db.before-update; }
        sql() { sqlite3 /var/lib/optfm/optfm.db "$1"; }
        deb() { echo /packages/optfm_$1_amd64.deb; }
        sum() { sha256sum "$1" | cut -d ' ' -f 1; }
        mkdir -p /etc/systemd/system/optfm.service.d
        printf '[Service]\nRestartSec=100ms\n' > /etc/systemd/system/optfm.service.d/quick.conf
        rm -f /var/lib/man-db/auto-update
        mkdir /tmp/alone; cp $(deb 1.1.0) /tmp/alone/
        alone=/tmp/alone/optfm_1.1.0_amd64.deb

        dpkg --no-triggers -i $(deb 1.1.0) > /dev/null
        sed -i s/OPTFM_LANG=ru/OPTFM_LANG=en/ /etc/optfm/optfm.env
        expect 2 'is older than 1.1.0' $(deb 1.0.0)
        OPTFM_ALLOW_DOWNGRADE=1 dpkg --no-triggers -i $(deb 1.0.0) > /dev/null
        well
        echo '# my own' >> /etc/logrotate.d/optfm
        sql "INSERT INTO inbox (channel, key, chat, type, body, state, received_at) VALUES ('web', 'before', 'b', 'message', x'7b7d', 1, 1)"

        echo refusals
        if runuser -u optfm -- optfm update $alone > /tmp/said; then exit 1; fi
        grep -q 'needs root' /tmp/said
        expect 0 'installed already' $(deb 1.0.0)
        expect 2 'is not there' /tmp/none.deb
        expect 2 'update it by a .deb' /packages/optfm-1.1.0-amd64.tar.xz
        expect 2 'put the release.s SHA256SUMS beside it' $alone
        expect 2 'Download it again' $alone --sha256 $(sum $(deb 1.0.0))
        expect 2 'PORT is no number' $(deb 1.6.0)
        echo nonsense > /tmp/alone/nonsense.deb
        expect 2 'is no package of optfm' /tmp/alone/nonsense.deb --unchecked
        (flock 9; exec sleep 1000) 9> /var/lib/optfm-update/lock & sleeper=$!
        for i in $(seq 100); do if ! flock -n /var/lib/optfm-update/lock true; then break; fi; sleep 0.1; done
        expect 2 'Another update' $(deb 1.1.0)
        kill $sleeper
        perl -e 'open F, "+>>", "/var/lib/dpkg/lock-frontend"; $l = pack("ssx4qqlx4", 1, 0, 0, 0, 0); fcntl F, 6, $l or die; open R, ">", "/tmp/locked"; sleep 1000' & locker=$!
        for i in $(seq 100); do if [ -e /tmp/locked ]; then break; fi; sleep 0.1; done
        expect 2 'apt or dpkg is at work' $(deb 1.1.0)
        kill $locker
        gpg --batch --quiet --passphrase '' --quick-gen-key maker@optfm.example ed25519 > /tmp/gpg 2>&1
        gpg --export > /etc/optfm/release.gpg
        expect 2 'has no signature' $alone --sha256 $(sum $alone)
        gpg --batch --armor --output /packages/SHA256SUMS.asc --detach-sign /packages/SHA256SUMS
        cp /packages/SHA256SUMS.asc $alone.asc
        expect 2 'is no good signature' $alone --sha256 $(sum $alone)
        systemctl stop optfm
        expect 2 'The service is stopped' $(deb 1.1.0)
        systemctl start optfm
        version_is 1.0.0; well; tidy

        echo 'a good version'
        expect 0 'optfm 1.1.0 is installed and healthy' $(deb 1.1.0) --settle 2
        version_is 1.1.0; well; tidy
        tail -n 1 /etc/logrotate.d/optfm | grep -q 'my own'
        test "$(sql "SELECT count(*) FROM inbox")" = 1

        echo 'one that ends at once'
        expect 1 'broken on purpose' $(deb 1.2.0) --settle 1
        grep -q 'optfm 1.1.0 is back' /tmp/said
        grep -q 'The database stays as it is' /tmp/said
        version_is 1.1.0; well; tidy
        tail -n 1 /etc/logrotate.d/optfm | grep -q 'my own'
        test "$(dpkg-query -W -f '${Conffiles}' optfm | grep logrotate | cut -d ' ' -f 3)" != "$(md5sum /etc/logrotate.d/optfm | cut -d ' ' -f 1)"
        test "$(dpkg --verify optfm | grep -v '/usr/share/\(doc\|man\)')" = '??5?????? c /etc/logrotate.d/optfm'

        echo 'one that never becomes healthy'
        expect 1 'not healthy within 3 s' $(deb 1.3.0) --wait 3 --settle 1
        version_is 1.1.0; well; tidy

        echo 'one that ends after it changed the database'
        expect 1 'carried over: 1' $(deb 1.4.0) --settle 1
        version_is 1.1.0; well; tidy
        test "$(sql "PRAGMA user_version")" != 99
        test "$(sql "SELECT group_concat(key) FROM inbox")" = before,meanwhile
        test "$(stat -c '%U %a' /var/lib/optfm/optfm.db)" = 'optfm 640'
        test "$(sqlite3 /var/lib/optfm/optfm.db.newer-1.4.0 'PRAGMA user_version')" = 99

        echo 'a cut in the middle of the installation'
        dpkg-deb -R $(deb 1.5.0) /tmp/cut
        sed -i '2i touch /tmp/in-preinst; sleep 1000' /tmp/cut/DEBIAN/preinst
        dpkg-deb -Znone -b /tmp/cut /tmp/alone/cut.deb > /dev/null
        rm /etc/optfm/release.gpg
        optfm update /tmp/alone/cut.deb --settle 1 --sha256 $(sum /tmp/alone/cut.deb) > /tmp/said & updater=$!
        for i in $(seq 300); do if [ -e /tmp/in-preinst ]; then break; fi; sleep 0.1; done
        systemctl kill --kill-who=all --signal=KILL optfm-update.service
        if wait $updater; then exit 1; fi
        expect 2 'An update was interrupted' $(deb 1.1.0)
        rm -rf /usr/lib/optfm/*.dll
        systemctl daemon-reload
        systemctl start optfm-update-resume.service
        for i in $(seq 600); do if [ ! -e /var/lib/optfm-update/kept ]; then break; fi; sleep 0.1; done
        version_is 1.1.0; well; tidy
        test "$(sql "SELECT count(*) FROM inbox")" = 2

        echo 'the tarball'
        dpkg --no-triggers --purge optfm > /dev/null
        cd /packages
        for v in 1.0.0 1.1.0; do tar xf optfm-$v-amd64.tar.xz; done
        optfm-1.0.0-amd64/install.sh > /dev/null
        sed -i s/OPTFM_LANG=ru/OPTFM_LANG=en/ /etc/optfm/optfm.env
        expect 2 'update it by a .tar.xz' $(deb 1.1.0)
        expect 0 'optfm 1.1.0 is installed and healthy' /packages/optfm-1.1.0-amd64.tar.xz --settle 1
        well; tidy
        expect 1 'optfm 1.1.0 is back' /packages/optfm-1.4.0-amd64.tar.xz --settle 1
        test "$(cat /usr/lib/optfm/VERSION)" = 1.1.0; well; tidy
        test "$(sql "SELECT group_concat(key) FROM inbox")" = meanwhile
        echo all is well
        """;
}
