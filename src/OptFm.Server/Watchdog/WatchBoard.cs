namespace OptFm.Server.Watchdog;

/// <summary>All that was found, by subject, and how deliveries went, by channel.</summary>
public sealed record WatchPicture(IReadOnlyDictionary<string, WatchState> States, IReadOnlyDictionary<string, Deliveries> Deliveries)
{
    public static WatchPicture Empty { get; } =
        new(new Dictionary<string, WatchState>(StringComparer.Ordinal), new Dictionary<string, Deliveries>(StringComparer.Ordinal));

    public WatchState Of(string subject) => States.GetValueOrDefault(subject) ?? new WatchState();

    public Deliveries DeliveriesOf(string channel) => Deliveries.GetValueOrDefault(channel) ?? Watchdog.Deliveries.None;

    public WatchPicture With(string subject, WatchState state) =>
        this with { States = new Dictionary<string, WatchState>(States, StringComparer.Ordinal) { [subject] = state } };
}

/// <summary>The latest picture, in memory: whoever asks for it waits for nothing.</summary>
public sealed class WatchBoard
{
    private WatchPicture _latest = WatchPicture.Empty;

    public WatchPicture Latest => Volatile.Read(ref _latest);

    /// <summary>Of all subjects; one warning for each id.</summary>
    public IReadOnlyList<WatchWarning> Warnings =>
        [.. Latest.States.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Warnings).DistinctBy(warning => warning.Id)];

    public void Show(WatchPicture picture) => Volatile.Write(ref _latest, picture);

    public void Show(string subject, WatchState state) => Show(Latest.With(subject, state));
}
