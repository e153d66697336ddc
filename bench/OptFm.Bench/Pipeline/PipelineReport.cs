namespace OptFm.Bench.Pipeline;

/// <summary>What was measured. Rates are per second; the load's own CPU comes out of the same cores.</summary>
public sealed record PipelineReport
{
    /// <summary>Durable acknowledgements while the rest of the pipeline works on what was acknowledged before.</summary>
    public required double AcknowledgedPerSecond { get; init; }

    public required double AckP50Ms { get; init; }

    public required double AckP99Ms { get; init; }

    /// <summary>End to end: from the first delivery to the last reply in the messenger.</summary>
    public required double RepliesPerSecond { get; init; }

    public required double RepliesPerSecondWhileAcknowledging { get; init; }

    /// <summary>Null when everything was answered by the time the last update was acknowledged.</summary>
    public required double? RepliesPerSecondAfterwards { get; init; }

    public required double IdleRssMb { get; init; }

    /// <summary>The most the server ever held.</summary>
    public required double LoadedRssMb { get; init; }

    /// <summary>Median, from starting the process to the first 200 of its liveness check.</summary>
    public required double StartToReadyMs { get; init; }

    public required int Acknowledged { get; init; }

    /// <summary>Deliveries answered with anything but 200.</summary>
    public required int Refused { get; init; }

    /// <summary>Acknowledged and never answered.</summary>
    public required int Lost { get; init; }

    public required int Duplicated { get; init; }

    /// <summary>Replies that came after the reply to a later update of their chat.</summary>
    public required int Reordered { get; init; }

    /// <summary>Replies that answer no question of their chat.</summary>
    public required int Unexpected { get; init; }

    public required double ServerCpuMicrosecondsPerUpdate { get; init; }

    public required double LoadCpuMicrosecondsPerUpdate { get; init; }

    public required PipelineParameters Parameters { get; init; }
}

/// <summary>What a figure means nothing without.</summary>
public sealed record PipelineParameters(
    int Updates, int Chats, int Connections, int WarmUp, int Starts, int Cores, string System, string Runtime, string Filesystem, string Server, string Store);
