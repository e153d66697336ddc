using System.Collections.Concurrent;
using System.Data.Common;
using OptFm.Server.Queue;
using OptFm.Server.Storage;

namespace OptFm.Server.Tests.Storage;

/// <summary>A statement as it was run, with the values it was first run with.</summary>
public sealed record RecordedStatement(string Sql, IReadOnlyList<Param> Values);

/// <summary>A database that remembers what is written through it.</summary>
public sealed class StatementRecorder(Database inner) : Database
{
    private readonly ConcurrentDictionary<string, RecordedStatement> _statements = new(StringComparer.Ordinal);

    public IReadOnlyCollection<RecordedStatement> Statements => [.. _statements.Values];

    public override bool ServedAlone => inner.ServedAlone;

    public override TimeProvider? Clock => inner.Clock;

    public override long WriteFailures => inner.WriteFailures;

    public override Task<T> WriteAsync<T>(Turn turn, Func<Session, T> work) => inner.WriteAsync(turn, session => work(new Recording(this, session)));

    public override StoreSize Size() => inner.Size();

    public override T Read<T>(Func<Session, T> work) => inner.Read(work);

    /// <summary>The database stays open.</summary>
    protected override void Dispose(bool disposing)
    {
    }

    private void Add(string sql, ReadOnlySpan<Param> values) => _statements.TryAdd(sql, new(sql, [.. values]));

    private sealed class Recording(StatementRecorder recorder, Session session) : Session
    {
        public override QueueSql Queue => session.Queue;

        public override bool HasTable(string name) => session.HasTable(name);

        public override void Write(string sql, params ReadOnlySpan<Param> values)
        {
            recorder.Add(sql, values);
            session.Write(sql, values);
        }

        public override void Expect(string sql, Func<Exception> otherwise, params ReadOnlySpan<Param> values)
        {
            recorder.Add(sql, values);
            session.Expect(sql, otherwise, values);
        }

        public override Later<int> ExecuteLater(string sql, params ReadOnlySpan<Param> values)
        {
            recorder.Add(sql, values);
            return session.ExecuteLater(sql, values);
        }

        public override Later<List<T>> AllLater<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<Param> values)
        {
            recorder.Add(sql, values);
            return session.AllLater(sql, read, values);
        }

        public override Later<T?> FirstLater<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<Param> values)
            where T : default
        {
            recorder.Add(sql, values);
            return session.FirstLater(sql, read, values);
        }

        public override void Announce(string queue, string channel) => session.Announce(queue, channel);

        public override void Begin() => session.Begin();

        public override void Commit() => session.Commit();

        public override void RollBack() => session.RollBack();

        public override void Settle() => session.Settle();

        public override void RunApart(Func<bool> work) => session.RunApart(work);

        public override bool MayRepeat(Exception failure) => session.MayRepeat(failure);

        public override bool IsOfOnePiece(Exception failure) => session.IsOfOnePiece(failure);

        protected override void Dispose(bool disposing)
        {
        }
    }
}
