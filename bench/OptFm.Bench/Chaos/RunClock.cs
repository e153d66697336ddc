namespace OptFm.Bench.Chaos;

/// <summary>Time since the beginning of the run, on a clock that never jumps.</summary>
internal sealed class RunClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public TimeProvider Time => time;

    public TimeSpan Now => time.GetElapsedTime(_start);

    public Task WaitUntilAsync(TimeSpan then, CancellationToken stop)
    {
        var left = then - Now;
        return left > TimeSpan.Zero ? Task.Delay(left, time, stop) : Task.CompletedTask;
    }
}
