using System.Globalization;
using System.Net.Sockets;

namespace OptFm.Server.Operations;

/// <summary>
/// Tells systemd how the service is: ready, reloading, stopping, alive. Silent where nobody listens.
/// </summary>
/// <remarks>
/// One datagram per state, as in https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html. Not
/// Microsoft.Extensions.Hosting.Systemd: it has neither the watchdog nor reloading, and brings a host's lifetime of its own.
/// </remarks>
public sealed class SystemdNotify
{
    private readonly string _socket;
    private readonly TimeSpan? _watchdog;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    private SystemdNotify(string socket, TimeSpan? watchdog, TimeProvider clock, ILogger log) =>
        (_socket, _watchdog, _clock, _log) = (socket, watchdog, clock, log);

    /// <param name="environment">NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID are asked of it.</param>
    public static SystemdNotify Read(Func<string, string?> environment, TimeProvider clock, ILogger log)
    {
        var socket = environment("NOTIFY_SOCKET") ?? "";
        // A path or, with @, an abstract name; anything else is not ours to reach.
        if (!socket.StartsWith('/') && !socket.StartsWith('@')) socket = "";
        return new(socket, Watchdog(environment), clock, log);
    }

    /// <summary>The server takes messages.</summary>
    public void Ready() => Tell("READY=1");

    /// <summary>It accepts nothing more and finishes what is under way.</summary>
    public void Stopping() => Tell("STOPPING=1");

    /// <summary>Reloads between the two words that systemd waits for.</summary>
    public async Task ReloadAsync(Func<Task> reload)
    {
        // The time, because systemd must tell this reload's READY from an earlier one's. CLOCK_MONOTONIC, as TimeProvider.System has it.
        var microseconds = _clock.GetElapsedTime(0).Ticks / TimeSpan.TicksPerMicrosecond;
        Tell(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={microseconds}"));
        try
        {
            await reload();
        }
        finally
        {
            Ready();
        }
    }

    /// <summary>Says "alive" twice per watchdog period while that is true; systemd kills and restarts a service that stops saying so.</summary>
    public async Task WatchAsync(Func<bool> alive, CancellationToken stop)
    {
        if (_socket.Length == 0 || _watchdog is not { } period) return;

        using var timer = new PeriodicTimer(period / 2, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                if (alive()) Tell("WATCHDOG=1");
            }
        }
        catch (OperationCanceledException)
        {
            // While it stops, TimeoutStopSec watches instead.
        }
    }

    private static TimeSpan? Watchdog(Func<string, string?> environment)
    {
        var forProcess = environment("WATCHDOG_PID");
        if (!string.IsNullOrEmpty(forProcess) && forProcess != Environment.ProcessId.ToString(CultureInfo.InvariantCulture)) return null;

        var given = long.TryParse(environment("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds);
        // Less than a millisecond would be a slip, more than a day no watchdog.
        return given && microseconds is >= 1_000 and <= 86_400_000_000 ? TimeSpan.FromMicroseconds(microseconds) : null;
    }

    private void Tell(string state)
    {
        if (_socket.Length == 0) return;

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = 1000 };
            socket.Connect(new UnixDomainSocketEndPoint(_socket[0] == '@' ? '\0' + _socket[1..] : _socket));
            socket.Send(System.Text.Encoding.UTF8.GetBytes(state));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            // A service manager that went away is no reason to stop answering customers.
            _log.LogWarning("systemd was not told {State}: {Reason}", state.Split('\n')[0], e.Message);
        }
    }
}
