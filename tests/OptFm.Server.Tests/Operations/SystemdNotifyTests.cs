using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Operations;

namespace OptFm.Server.Tests.Operations;

/// <summary>Proves: systemd hears in time, in its own words, how the service is.</summary>
public sealed class SystemdNotifyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optfm-notify-");
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 30_000 };

    private string Path => System.IO.Path.Combine(_folder.FullName, "notify");

    [Fact]
    public async Task A_life_from_ready_through_a_reload_to_stopping()
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(Path));
        var notify = Notify(Path);

        notify.Ready();
        Hear().ShouldBe("READY=1");
        await notify.ReloadAsync(() =>
        {
            var said = Hear().Split("\nMONOTONIC_USEC=");
            said[0].ShouldBe("RELOADING=1");
            long.Parse(said[1], CultureInfo.InvariantCulture).ShouldBePositive();
            _systemd.Available.ShouldBe(0, "ready only once everything is read again");
            return Task.CompletedTask;
        });
        Hear().ShouldBe("READY=1");
        notify.Stopping();
        Hear().ShouldBe("STOPPING=1");
    }

    [Fact]
    public async Task A_failed_reload_does_not_leave_the_service_reloading_for_ever()
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(Path));

        await Should.ThrowAsync<InvalidOperationException>(() => Notify(Path).ReloadAsync(() => throw new InvalidOperationException()));

        Hear().ShouldStartWith("RELOADING=1");
        Hear().ShouldBe("READY=1");
    }

    [Fact]
    public void An_abstract_socket_is_reached_too()
    {
        var name = $"optfm-test-{Guid.NewGuid():N}";
        _systemd.Bind(new UnixDomainSocketEndPoint('\0' + name));

        Notify('@' + name).Ready();

        Hear().ShouldBe("READY=1");
    }

    [Fact]
    public async Task The_watchdog_hears_nothing_while_a_worker_is_dead()
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(Path));
        using var stop = new CancellationTokenSource();
        var asked = 0;

        var watching = Notify(Path, microseconds: "2000").WatchAsync(() => Interlocked.Increment(ref asked) > 3, stop.Token);

        Hear().ShouldBe("WATCHDOG=1");
        asked.ShouldBeGreaterThan(3);
        await stop.CancelAsync();
        await watching;
    }

    [Theory]
    [InlineData("", "20000000", "")]
    [InlineData("/here", "", "")]
    [InlineData("/here", "soon", "")]
    [InlineData("/here", "-5", "")]
    [InlineData("/here", "99999999999999999999", "")]
    [InlineData("/here", "20000000", "1")]
    [InlineData("vsock:2:1", "20000000", "")]
    public void Without_a_socket_or_a_period_or_for_another_process_nobody_is_watched(string socket, string microseconds, string process) =>
        Notify(socket, microseconds, process).WatchAsync(() => true, TestContext.Current.CancellationToken).IsCompletedSuccessfully.ShouldBeTrue();

    [Fact]
    public void A_systemd_that_is_gone_stops_nobody() => Should.NotThrow(() => Notify(Path).Ready());

    public void Dispose()
    {
        _systemd.Dispose();
        _folder.Delete(recursive: true);
    }

    private static SystemdNotify Notify(string socket, string microseconds = "", string process = "") => SystemdNotify.Read(
        name => name switch { "NOTIFY_SOCKET" => socket, "WATCHDOG_USEC" => microseconds, "WATCHDOG_PID" => process, _ => null },
        TimeProvider.System,
        NullLogger.Instance);

    private string Hear()
    {
        var buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, _systemd.Receive(buffer));
    }
}
