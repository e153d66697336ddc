using OptFm.EndToEnd.Tests.Repository;

namespace OptFm.EndToEnd.Tests.Deploy;

/// <summary>A root where / is this machine's and every change is forgotten: an overlay in a mount namespace. Needs root.</summary>
internal static class ThrowawayRoot
{
    private const int NoOverlay = 77;

    /// <summary>Runs a script as root inside it, with packages/ of the folder in /packages. Skips the test where that is impossible.</summary>
    public static async Task RunAsync(string folder, string script) =>
        await EnterAsync(folder, script, """
            mount -t proc proc root/proc
            mount --rbind /dev root/dev
            # No service is started here, whatever runs outside.
            mount -t tmpfs tmpfs root/run
            exec chroot root /bin/sh -eux /packages/script
            """);

    /// <summary>Boots systemd inside it, which runs the script as root.</summary>
    /// <returns>What the script printed.</returns>
    public static async Task<string> BootAsync(string folder, string script)
    {
        Tool.Find("systemd-nspawn", "systemd-container");
        Tool.Find("dbus-daemon", "dbus");
        return await EnterAsync(folder, script, """
            rm -f root/usr/sbin/policy-rc.d root/etc/systemd/system/multi-user.target.wants/*
            for other in nginx fail2ban console-getty; do ln -sf /dev/null root/etc/systemd/system/$other.service; done
            cat > root/etc/systemd/system/script.service << 'UNIT'
            [Unit]
            After=multi-user.target dbus.service
            [Service]
            Type=oneshot
            ExecStart=/bin/sh -eu /packages/script
            StandardOutput=append:/packages/log
            StandardError=append:/packages/log
            ExecStopPost=/bin/systemctl --force --force poweroff
            UNIT
            ln -sf ../script.service root/etc/systemd/system/multi-user.target.wants/script.service
            timeout -s KILL 300 systemd-nspawn --register=no --keep-unit --quiet --boot --directory=root --private-network --link-journal=no > boot 2>&1 < /dev/null || true
            if [ ! -e root/packages/log ]; then cat boot; exit 77; fi
            cat root/packages/log
            """);
    }

    private static async Task<string> EnterAsync(string folder, string script, string enter)
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can mount an overlay");
        await File.WriteAllTextAsync(Path.Combine(folder, "script"), script, TestContext.Current.CancellationToken);
        var file = Path.Combine(folder, "enter");
        await File.WriteAllTextAsync(
            file,
            $"""
            set -e
            . '{Checkout.PathOf("tests/OptFm.EndToEnd.Tests/Deploy/own-group.sh")}'
            own_group
            cd '{folder}'
            mkdir -p layer root
            mount -t tmpfs tmpfs layer
            mkdir layer/upper layer/work
            mount -t overlay overlay -o lowerdir=/,upperdir=layer/upper,workdir=layer/work root || exit {NoOverlay}
            mkdir -p root/packages root/run
            cp packages/* script root/packages/
            {enter}
            """,
            TestContext.Current.CancellationToken);
        var (exitCode, output) = await Tool.RunAsync("/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/sh", file);
        Assert.SkipWhen(exitCode == NoOverlay, $"no overlay can be mounted here, or no systemd booted: {output}");
        exitCode.ShouldBe(0, output);
        return output;
    }
}
