namespace OptFm.Bench.Chaos;

/// <summary>What a run came to. Times in seconds.</summary>
public sealed record ChaosReport
{
    public required int Seed { get; init; }

    public required string Store { get; init; }

    public required int Nodes { get; init; }

    public required double Minutes { get; init; }

    /// <summary>Messengers whose updates were fetched and not delivered.</summary>
    public required IReadOnlyList<string> Polled { get; init; }

    /// <summary>Updates that the server took responsibility for.</summary>
    public required int Acknowledged { get; init; }

    public required int Answered { get; init; }

    /// <summary>Acknowledged and not answered when the drain ended.</summary>
    public required int Lost { get; init; }

    /// <summary>Replies that came before that of an update which was stored earlier in their chat.</summary>
    public required int ReorderedWithinChat { get; init; }

    /// <summary>Replies too many, by cause.</summary>
    public required IReadOnlyDictionary<string, int> Duplicated { get; init; }

    public required int DuplicatedUnexplained { get; init; }

    /// <summary>Replies to nothing that their chat had asked.</summary>
    public required int Unexpected { get; init; }

    /// <summary>Calls that came faster than the messenger allows, by limit.</summary>
    public required IReadOnlyDictionary<string, int> LimitViolations { get; init; }

    /// <summary>Written and never acknowledged, though delivered: the messenger's, not the server's.</summary>
    public required int NeverAcknowledged { get; init; }

    /// <summary>Deliveries that a second node had to take.</summary>
    public required int PassedToNextNode { get; init; }

    /// <summary>The longest time in which nothing was answered while something waited, a messenger's own outages left out.</summary>
    public required double LongestStall { get; init; }

    public required double LongestStallFrom { get; init; }

    /// <summary>From the promotion of a standby to the first reply to an update acknowledged after it, each time.</summary>
    public required IReadOnlyList<double> StallsAfterPromotion { get; init; }

    /// <summary>From an acknowledgement to the reply.</summary>
    public required double AnswerMedian { get; init; }

    public required double AnswerP99 { get; init; }

    public required double AnswerLongest { get; init; }

    /// <summary>From the end of all faults to the last reply.</summary>
    public required double Drained { get; init; }

    public required int Faults { get; init; }

    public required IReadOnlyDictionary<string, int> FaultsByKind { get; init; }

    /// <summary>Faults that found nothing to strike.</summary>
    public required IReadOnlyDictionary<string, int> Missed { get; init; }

    /// <summary>Nodes that ended though nobody had ended them.</summary>
    public required int NodeCrashes { get; init; }

    /// <summary>Stops that systemd would have cut short, or that ended with an error.</summary>
    public required int UncleanStops { get; init; }

    /// <summary>What went wrong, shortest first; empty where nothing did.</summary>
    public required IReadOnlyList<string> Stories { get; init; }

    public bool Passed => Lost == 0 && ReorderedWithinChat == 0 && DuplicatedUnexplained == 0 && Unexpected == 0 && LimitViolations.Count == 0;
}
