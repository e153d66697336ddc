using OptFm.Server.Queue;

namespace OptFm.Server.Channels.Web;

/// <summary>One open page.</summary>
internal sealed class WebStream(WebChats chats, string chat, string address) : IDisposable
{
    private readonly WakeUp _wakeUp = new();
    private volatile bool _parked;

    public string Chat => chat;

    public string Address => address;

    /// <summary>Whether newer pages of the same visitor took its place.</summary>
    public bool IsParked => _parked;

    public void Wake() => _wakeUp.Set();

    public void Park()
    {
        _parked = true;
        _wakeUp.Set();
    }

    public Task WaitAsync(TimeSpan most, TimeProvider clock, CancellationToken stop) => _wakeUp.WaitAsync(most, clock, stop);

    public void Dispose()
    {
        // First out of the list, so that nobody wakes what is disposed of.
        chats.Close(this);
        _wakeUp.Dispose();
    }
}
