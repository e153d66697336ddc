namespace OptFm.Server.Updates;

/// <summary>Waits until a started service is healthy, and then for a while whether it stays so.</summary>
/// <param name="look">What systemd says of the service.</param>
/// <param name="isWell">Whether the server itself says that it is healthy.</param>
internal sealed class HealthWatch(Func<CancellationToken, Task<ServiceState>> look, Func<CancellationToken, Task<bool>> isWell, TimeProvider clock)
{
    /// <summary>A start may fail for what passes, such as a port that is not free yet; three of them in a row do not.</summary>
    private const int MostRestarts = 3;

    private readonly long _started = clock.GetTimestamp();

    /// <summary>By when it must be healthy, counted from now.</summary>
    public required TimeSpan Within { get; init; }

    /// <summary>For how long it must then stay so.</summary>
    public required TimeSpan Settle { get; init; }

    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <returns>What is wrong, or null where all is well.</returns>
    public async Task<UpdateException?> RunAsync(CancellationToken stop)
    {
        while (true)
        {
            var state = await look(stop);
            if (Ended(state) is { } problem) return problem;
            if (state.Active == "active" && await isWell(stop)) return await SettleAsync(state, stop);
            if (clock.GetElapsedTime(_started) >= Within) return Late();

            await Task.Delay(Pause, clock, stop);
        }
    }

    private async Task<UpdateException?> SettleAsync(ServiceState healthy, CancellationToken stop)
    {
        var since = clock.GetTimestamp();
        while (clock.GetElapsedTime(since) < Settle)
        {
            await Task.Delay(Pause, clock, stop);
            var state = await look(stop);
            if (state.Active != "active" || state.MainPid != healthy.MainPid) return new("It was healthy and then ended.", "Она заработала, но затем завершилась.");
        }

        return await isWell(stop) ? null : new("It was healthy and then was so no more.", "Она заработала, но затем перестала быть здоровой.");
    }

    private static UpdateException? Ended(ServiceState state)
    {
        if (state.Active == "failed") return new("It ended with an error.", "Она завершилась с ошибкой.");
        if (state.Active == "inactive") return new("It ended by itself.", "Она сама завершилась.");
        return state.Restarts >= MostRestarts ? new("It ends over and over again.", "Она снова и снова завершается.") : null;
    }

    private UpdateException Late() => new(
        $"It was not healthy within {Within.TotalSeconds:0} s.",
        $"За {Within.TotalSeconds:0} с она не стала здоровой.");
}
