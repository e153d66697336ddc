using System.Net.Sockets;
using System.Text;

namespace OptFm.EndToEnd.Tests.Deploy;

/// <summary>Proves: the real server says to systemd what optfm.service waits for.</summary>
public sealed class NotifyTests
{
    [Fact]
    public async Task The_server_tells_that_it_is_ready_alive_reloaded_and_stopping()
    {
        var folder = Directory.CreateTempSubdirectory("optfm-notify-");
        try
        {
            using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 60_000 };
            var path = Path.Combine(folder.FullName, "notify");
            systemd.Bind(new UnixDomainSocketEndPoint(path));
            await using var server = await RealServer.StartAsync(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = "200000" },
                TestContext.Current.CancellationToken);

            Hear(systemd).ShouldBe("READY=1");
            Hear(systemd).ShouldBe("WATCHDOG=1");

            await server.SignalAsync("HUP");
            HearBesideWatchdog(systemd).ShouldStartWith("RELOADING=1\nMONOTONIC_USEC=");
            HearBesideWatchdog(systemd).ShouldBe("READY=1");

            (await server.StopAsync()).ShouldBe(0);
            HearBesideWatchdog(systemd).ShouldBe("STOPPING=1");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string HearBesideWatchdog(Socket systemd)
    {
        while (true)
        {
            if (Hear(systemd) is var said && said != "WATCHDOG=1") return said;
        }
    }

    private static string Hear(Socket systemd)
    {
        var buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, systemd.Receive(buffer));
    }
}
