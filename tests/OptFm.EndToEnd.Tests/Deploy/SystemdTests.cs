namespace OptFm.EndToEnd.Tests.Deploy;

/// <summary>
/// Proves: under a real systemd the installed service starts behind all its fences, reloads, is brought back after a crash, a hang and a
/// series of failed starts, and stays down when somebody stopped it.
/// </summary>
public sealed class SystemdTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-systemd-");

    [Fact]
    public async Task The_service_lives_through_what_happens_to_services()
    {
        Assert.SkipUnless(Directory.Exists("/usr/share/dotnet") || Directory.Exists("/usr/lib/dotnet"), "the service sees no runtime in somebody's home");
        var program = Path.GetDirectoryName(ServerBinary.Path)!;
        await Tool.MustRunAsync(Repository.Checkout.PathOf("deploy/package/build.sh"), program, "1.0.0", "amd64", Path.Combine(_folder.FullName, "packages"));

        var output = await ThrowawayRoot.BootAsync(_folder.FullName, """
            until_is() { for i in $(seq 300); do if [ "$(systemctl is-active optfm)" = "$1" ]; then return 0; fi; sleep 0.1; done; journalctl -u optfm --no-pager | tail -40; return 1; }
            pid() { systemctl show -p MainPID --value optfm; }
            another_than() { for i in $(seq 300); do if [ "$(pid)" != "$1" ] && [ "$(pid)" != 0 ]; then return 0; fi; sleep 0.1; done; systemctl status optfm --no-pager; return 1; }
            mkdir -p /etc/systemd/system/optfm.service.d
            printf '[Service]\nWatchdogSec=3s\nRestartSec=100ms\n' > /etc/systemd/system/optfm.service.d/quick.conf

            dpkg --no-triggers -i /packages/optfm_1.0.0_amd64.deb > /dev/null
            until_is active
            test "$(stat -c %U /proc/$(pid))" = optfm
            systemctl start optfm-health.service

            mv /var/log/optfm/optfm.log /var/log/optfm/moved.log
            systemctl reload optfm
            until_is active
            for i in $(seq 100); do if [ -e /var/log/optfm/optfm.log ]; then break; fi; sleep 0.1; done
            test -e /var/log/optfm/optfm.log

            echo 'a backup by root, one by the timer, and encrypted ones'
            optfm backup
            test "$(stat -c '%U' /var/lib/optfm/backup.json)" = optfm
            systemctl start optfm-backup.service
            if command -v age-keygen; then
                age-keygen -o /root/identity
                echo "BACKUP_RECIPIENT=$(age-keygen -y /root/identity)" >> /etc/optfm/optfm.env
                systemctl start optfm-backup.service
                optfm backup verify --identity /root/identity /var/backups/optfm/*.age
            fi
            if command -v gpg; then
                mkdir -m 700 /root/keys
                gpg --homedir /root/keys --batch --quiet --passphrase '' --quick-generate-key shop@optfm.example future-default default never
                gpg --homedir /root/keys --batch --export > /etc/optfm/backup.gpg
                gpg --homedir /root/keys --batch --pinentry-mode loopback --export-secret-keys > /root/secret.gpg
                echo BACKUP_RECIPIENT=/etc/optfm/backup.gpg >> /etc/optfm/optfm.env
                systemctl start optfm-backup.service
                optfm backup verify --identity /root/secret.gpg /var/backups/optfm/*.gpg
            fi
            test "$(stat -c '%U %G %a' /var/backups/optfm/* | sort -u)" = 'optfm optfm 600'
            test "$(systemctl is-enabled optfm-backup.timer)" = enabled

            echo 'a restore'
            oldest=$(ls /var/backups/optfm/*.gz | head -1)
            if optfm restore "$oldest"; then echo 'restored under a running server'; exit 1; fi
            systemctl stop optfm
            optfm restore "$oldest"
            if grep -q BACKUP_RECIPIENT=/ /etc/optfm/optfm.env; then echo 'the settings are not those of the backup'; exit 1; fi
            test "$(stat -c '%U %G %a' /etc/optfm/optfm.env)" = 'root optfm 640'
            test "$(stat -c '%U %G' /var/lib/optfm/optfm.db)" = 'optfm optfm'
            systemctl start optfm
            until_is active
            systemctl start optfm-backup.service

            echo 'a crash'
            crashed=$(pid); kill -KILL $crashed; another_than $crashed; until_is active
            echo 'a hang'
            hung=$(pid); kill -STOP $hung; another_than $hung; until_is active

            echo 'a fault that no start mends, and then is mended'
            systemctl stop optfm
            mv /var/lib/optfm/optfm.db /var/lib/optfm/good; rm -f /var/lib/optfm/optfm.db-*; echo nonsense, no database at all > /var/lib/optfm/optfm.db
            systemctl start optfm || true
            until_is failed
            mv /var/lib/optfm/good /var/lib/optfm/optfm.db
            systemctl start optfm-health.service || true
            until_is active

            echo 'stopped on purpose'
            systemctl stop optfm
            systemctl start optfm-health.service
            test "$(systemctl is-active optfm)" = inactive
            echo all is well
            """);

        output.ShouldContain("\nall is well\n");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("%2Fvar%2Frun%2Fpostgresql")]
    public async Task The_backup_of_the_timer_reaches_postgresql_from_behind_its_fences(string host)
    {
        Assert.SkipUnless(Directory.Exists("/usr/share/dotnet") || Directory.Exists("/usr/lib/dotnet"), "the service sees no runtime in somebody's home");
        Assert.SkipUnless(File.Exists("/usr/bin/pg_createcluster") && Directory.Exists("/usr/lib/postgresql"), "PostgreSQL is not installed: apt-get install postgresql");
        var program = Path.GetDirectoryName(ServerBinary.Path)!;
        await Tool.MustRunAsync(Repository.Checkout.PathOf("deploy/package/build.sh"), program, "1.0.0", "amd64", Path.Combine(_folder.FullName, "packages"));

        var output = await ThrowawayRoot.BootAsync(_folder.FullName, """
            trap 'journalctl -u optfm -u optfm-backup --no-pager | tail -n 40' EXIT
            pg_createcluster "$(ls /usr/lib/postgresql | sort -n | tail -n 1)" bot --port 5432 --encoding UTF8 --locale C.UTF-8 --start > /dev/null
            runuser -u postgres -- psql -q -c "CREATE ROLE optfm LOGIN PASSWORD 'of a test'"
            runuser -u postgres -- createdb -O optfm optfm
            # By password on the socket, too.
            sed -i 's/^local  *all  *all  *peer$/local all all scram-sha-256/' /etc/postgresql/*/bot/pg_hba.conf
            runuser -u postgres -- psql -q -c 'SELECT pg_reload_conf()' > /dev/null || true
            dpkg --no-triggers -i /packages/optfm_1.0.0_amd64.deb > /dev/null
            systemctl stop optfm
            echo 'DATABASE_URL=postgresql://optfm:of%20a%20test@HOST/optfm' >> /etc/optfm/optfm.env
            systemctl start optfm
            rm -f /var/backups/optfm/*
            systemctl start optfm-backup.service
            OPTFM_LANG=en optfm backup verify /var/backups/optfm/*.tar.gz
            tar -tzf /var/backups/optfm/*.tar.gz
            test "$(stat -c '%U %G %a' /var/backups/optfm/*)" = 'optfm optfm 600'

            if optfm restore /var/backups/optfm/*.tar.gz; then echo 'restored under a running server'; exit 1; fi
            systemctl stop optfm
            optfm restore /var/backups/optfm/*.tar.gz
            systemctl start optfm
            systemctl is-active optfm
            echo all is well
            """.Replace("HOST", host, StringComparison.Ordinal));

        output.ShouldContain("optfm-backup/optfm.dump", customMessage: output);
        output.ShouldContain("loaded all of it on trial");
        output.ShouldContain("\nall is well\n");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
