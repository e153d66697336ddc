namespace OptFm.Server.Storage;

/// <summary>The connection through which a <see cref="GroupCommit"/> writes.</summary>
public interface IWriter : IDisposable
{
    /// <summary>The session to write with, connected again if the connection was lost.</summary>
    /// <exception cref="StoreException">There is no connection.</exception>
    Session Open();

    /// <summary>Puts the pieces of a transaction in the order in which they are to run.</summary>
    void Order(List<GroupCommit.Work> batch);

    /// <summary>Called between transactions, also after those that failed. Must not throw.</summary>
    void AfterCommit();
}
