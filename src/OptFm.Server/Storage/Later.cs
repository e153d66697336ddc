namespace OptFm.Server.Storage;

/// <summary>
/// What a statement brings, which may not have been sent yet. SQLite has it at once; to PostgreSQL the statement travels with the next
/// one whose result is looked at, or with the commit.
/// </summary>
public readonly struct Later<T>
{
    private readonly T _value;
    private readonly IPending<T>? _pending;

    public Later(T value)
    {
        _value = value;
        _pending = null;
    }

    internal Later(IPending<T> pending)
    {
        _value = default!;
        _pending = pending;
    }

    /// <summary>Has the statement sent if it was not.</summary>
    public T Value => _pending is null ? _value : _pending.Take();
}

/// <summary>A result on its way.</summary>
internal interface IPending<out T>
{
    T Take();
}
