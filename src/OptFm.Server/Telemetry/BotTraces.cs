using System.Diagnostics;
using OptFm.Server.Operations;

namespace OptFm.Server.Telemetry;

/// <summary>
/// The way of a message as one trace: received, stored, answered, sent. Between the stages lies the database, so the trace's context
/// (W3C <c>traceparent</c>) is stored with the update and with each reply. Costs next to nothing while nobody listens.
/// </summary>
public sealed class BotTraces : IDisposable
{
    public const string Name = "OptFm";

    private readonly ActivitySource _source = new(Name, Health.Version);

    /// <summary>The span under way as the database keeps it; null where there is none or it is not recorded.</summary>
    public string? Current => IsOurs(Activity.Current) && Activity.Current!.Recorded ? Activity.Current.Id : null;

    /// <summary>A part of the span under way, or else the first of a new trace: what a caller says of its own traces is not believed.</summary>
    public Activity? Begin(string name, ActivityKind kind, string channel)
    {
        if (!_source.HasListeners()) return null;
        if (!IsOurs(Activity.Current)) Activity.Current = null;
        return _source.StartActivity(name, kind)?.SetTag("optfm.channel", channel);
    }

    /// <summary>Goes on with a stored trace.</summary>
    /// <param name="stored">From <see cref="Current"/>; null where the message is not traced.</param>
    public Activity? Continue(string name, ActivityKind kind, string channel, string? stored) =>
        stored is not null && ActivityContext.TryParse(stored, traceState: null, isRemote: true, out var context)
            ? _source.StartActivity(name, kind, context)?.SetTag("optfm.channel", channel)
            : null;

    public void Dispose() => _source.Dispose();

    private bool IsOurs(Activity? activity) => activity is not null && ReferenceEquals(activity.Source, _source);
}
