namespace OptFm.Bench.Chaos.Faults;

/// <summary>Everything that can go wrong.</summary>
internal static class FaultList
{
    public static IReadOnlyList<IChaosFault> All { get; } =
    [
        new KillNode(),
        new FreezeNode(),
        new RestartNode(),
        new TerminateConnections(),
        new RestartPostgres(),
        new FailOver(),
        new FillDisk(),
        new TooManyRequestsStorm(),
        new ServerErrors(),
        new CutConnections(),
        new HangingConnections(),
        new DuplicatedDeliveries(),
        new DelayedDeliveries(),
        new ReorderedDeliveries(),
        new ClockJump(),
    ];
}
