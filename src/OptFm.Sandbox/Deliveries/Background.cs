using System.Collections.Concurrent;

namespace OptFm.Sandbox.Deliveries;

/// <summary>Work that outlives the call that began it, ended with the server.</summary>
internal sealed class Background : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<Task, bool> running = new();

    internal CancellationToken Stop => stopping.Token;

    /// <summary>Starts work that throws nothing but cancellation.</summary>
    internal void Run(Func<CancellationToken, Task> work)
    {
        var task = Quietly(work(stopping.Token));
        running.TryAdd(task, true);
        _ = task.ContinueWith(done => running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running.Keys);
        stopping.Dispose();
    }

    private static async Task Quietly(Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }
}
