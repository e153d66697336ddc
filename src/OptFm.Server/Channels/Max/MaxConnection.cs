using System.Text.Json;

namespace OptFm.Server.Channels.Max;

/// <summary>Whether the MAX API answers, asked at most every half minute however often the status is looked at.</summary>
public sealed class MaxConnection(IWebhookAdmin? admin, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private (long At, State State)? _last;

    /// <param name="Word"><c>ok</c>, <c>error</c> or <c>not_tested</c>.</param>
    /// <param name="Bot">The bot as MAX describes it, undefined where it does not.</param>
    public sealed record State(string Word, JsonElement Bot);

    public async Task<State> LookAsync(CancellationToken stop)
    {
        if (admin is null) return new State("not_tested", default);

        await _turn.WaitAsync(stop);
        try
        {
            if (_last is { } last && time.GetElapsedTime(last.At) < Fresh) return last.State;

            var state = await AskAsync(admin);
            _last = (time.GetTimestamp(), state);
            return state;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Others wait for the same answer, so a caller who leaves does not end the question.</summary>
    private async Task<State> AskAsync(IWebhookAdmin api)
    {
        using var late = new CancellationTokenSource(Patience, time);
        try
        {
            var answer = await api.MeAsync(late.Token);
            return answer.Worked ? new State("ok", answer.Bot) : new State("error", default);
        }
        catch (OperationCanceledException)
        {
            return new State("error", default);
        }
    }
}
