namespace OptFm.Sandbox.Deliveries;

/// <summary>How a messenger treats a webhook: what it takes for a success, how long it waits, when it tries again.</summary>
internal sealed record DeliveryRules
{
    /// <summary>MAX: exactly 200 within 30 s, up to 10 retries at 60 s × 2.5, the subscription removed after 8 h without a success.</summary>
    internal static readonly DeliveryRules Max = new()
    {
        Accepts = static status => status == 200,
        AnswerWithin = TimeSpan.FromSeconds(30),
        RetryDelay = static tries => tries <= 10 ? TimeSpan.FromSeconds(60 * Math.Pow(2.5, tries - 1)) : null,
        RemoveAfter = TimeSpan.FromHours(8),
    };

    /// <summary>Telegram: any 2xx within 60 s, repeated "for a while"; here with doubling pauses of at most a minute while the update lives, 24 h.</summary>
    internal static readonly DeliveryRules Telegram = new()
    {
        Accepts = static status => status is >= 200 and < 300,
        AnswerWithin = TimeSpan.FromSeconds(60),
        RetryDelay = static tries => tries <= 1440 ? TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, Math.Min(tries - 1, 10)))) : null,
    };

    internal required Func<int, bool> Accepts { get; init; }

    internal required TimeSpan AnswerWithin { get; init; }

    /// <summary>The pause after the given number of failed tries; null gives the update up.</summary>
    internal required Func<int, TimeSpan?> RetryDelay { get; init; }

    /// <summary>The same with pauses divided by <paramref name="speed"/>.</summary>
    internal DeliveryRules Sooner(double speed) => this with { RetryDelay = tries => RetryDelay(tries) / speed };

    /// <summary>A subscription that fails for this long is removed without a word; null keeps it forever.</summary>
    internal TimeSpan? RemoveAfter { get; init; }
}
