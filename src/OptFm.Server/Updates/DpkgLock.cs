namespace OptFm.Server.Updates;

/// <summary>
/// The lock by which apt, dpkg and unattended-upgrades keep out of each other's way. Held from before the first change until after the last.
/// </summary>
/// <remarks>A frontend holds it and tells dpkg so by DPKG_FRONTEND_LOCKED: https://wiki.debian.org/Teams/Dpkg/FAQ#locks</remarks>
internal static class DpkgLock
{
    private const string File = "/var/lib/dpkg/lock-frontend";

    /// <returns>Held until disposed of; null while somebody else holds it.</returns>
    public static FileStream? TryTake(string file = File)
    {
        var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        try
        {
            // fcntl(2), as dpkg does it; sharing alone would be flock(2), which dpkg does not see.
            if (!OperatingSystem.IsMacOS()) stream.Lock(0, 0);
            return stream;
        }
        catch (IOException)
        {
            stream.Dispose();
            return null;
        }
    }

    /// <summary>Waits for it: a rollback must not fail because the nightly upgrades are under way.</summary>
    public static async Task<FileStream> TakeAsync(TimeSpan within, TimeProvider clock, CancellationToken stop)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            if (TryTake() is { } held) return held;
            if (clock.GetElapsedTime(started) >= within) throw Busy();

            await Task.Delay(TimeSpan.FromSeconds(1), clock, stop);
        }
    }

    public static UpdateException Busy() => new(
        "apt or dpkg is at work (perhaps the nightly upgrades). Try again in some minutes.",
        "Сейчас работает apt или dpkg (возможно, ночные обновления). Повторите через несколько минут.");
}
