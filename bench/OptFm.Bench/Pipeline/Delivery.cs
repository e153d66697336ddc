using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OptFm.Bench.Pipeline;

/// <summary>
/// Delivers updates over several connections, each with one request at a time. A chat belongs to one connection, so that its updates
/// are acknowledged in the order in which they were written.
/// </summary>
/// <param name="servers">The connections go to them by turns.</param>
/// <param name="questions">What is asked.</param>
/// <param name="ledger">Told of every acknowledgement.</param>
public sealed class Delivery(IReadOnlyList<IPEndPoint> servers, Questions questions, Ledger ledger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<string> _failures = [];
    private long[] _latencies = [];
    private int _acknowledged;
    private int _refused;

    public int Acknowledged => _acknowledged;

    public int Refused => _refused;

    /// <summary>Blocks until everything is delivered, or until the time is up.</summary>
    /// <returns>From the first request to the last answer.</returns>
    /// <exception cref="BenchException">A connection broke.</exception>
    public TimeSpan Run(int updates, int connections, TimeSpan longest, CancellationToken stop)
    {
        _latencies = new long[updates];
        var start = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, connections).Select(c => new Thread(() => Deliver(c), 256 << 10) { IsBackground = true }).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        var took = Stopwatch.GetElapsedTime(start);
        stop.ThrowIfCancellationRequested();
        return _failures is [var first, ..] ? throw new BenchException($"{_failures.Count} connections broke, the first so: {first}") : took;

        void Deliver(int connection)
        {
            try
            {
                using var http = HttpConnection.To(servers[connection % servers.Count], Patience);
                var requests = new UpdateRequests(questions);
                foreach (var (chat, turn) in Turns(updates, connection, connections))
                {
                    if (stop.IsCancellationRequested || Stopwatch.GetElapsedTime(start) > longest) return;
                    Post(http, requests, chat, turn);
                }
            }
            catch (Exception e) when (e is SocketException or BenchException)
            {
                lock (_failures) _failures.Add(e.Message);
            }
        }
    }

    /// <param name="percent">Over 0, up to 100.</param>
    /// <returns>The latency that so many percent of the acknowledgements did not exceed.</returns>
    public TimeSpan Percentile(double percent)
    {
        if (_acknowledged == 0) return TimeSpan.Zero;
        var sorted = _latencies.AsSpan(0, _acknowledged).ToArray();
        Array.Sort(sorted);
        return Stopwatch.GetElapsedTime(0, sorted[(int)Math.Ceiling(sorted.Length * percent / 100) - 1]);
    }

    /// <summary>A connection's chats by turns: no chat asks again before the others had theirs.</summary>
    private IEnumerable<(int Chat, int Turn)> Turns(int updates, int connection, int connections)
    {
        for (var turn = 0; turn * ledger.Chats < updates; turn++)
        {
            var asking = Math.Min(ledger.Chats, updates - turn * ledger.Chats);
            for (var chat = connection; chat < asking; chat += connections) yield return (chat, turn);
        }
    }

    private void Post(HttpConnection http, UpdateRequests requests, int chat, int turn)
    {
        var request = requests.Of(ledger.IdOf(chat), ledger.FirstTurn + turn, questions.Asked(chat, turn));
        var start = Stopwatch.GetTimestamp();
        http.Send(request);
        if (!http.Read(out var answer)) throw new BenchException("the server closed a connection");
        var took = Stopwatch.GetTimestamp() - start;
        if (!answer.Head.StartsWith("HTTP/1.1 200"u8))
        {
            Interlocked.Increment(ref _refused);
            return;
        }

        _latencies[Interlocked.Increment(ref _acknowledged) - 1] = took;
        ledger.Acknowledged(chat, turn);
    }
}
