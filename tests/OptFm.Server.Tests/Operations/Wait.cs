namespace OptFm.Server.Tests.Operations;

/// <summary>Waits for what another task or the system will do.</summary>
internal static class Wait
{
    /// <exception cref="TimeoutException">It has not come true in half a minute.</exception>
    public static async Task Until(Func<bool> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(30)) throw new TimeoutException("It did not come true");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}
