namespace OptFm.Server.Tests.Queue;

/// <summary>What can happen to a queue. Every transaction of the workers and of the administrator is among them.</summary>
public enum Act
{
    Store,
    ClaimInbox,
    Handle,
    HandleLater,
    ClaimOutbox,
    Send,
    SendLater,
    SendUnknown,
    Bury,
    BuryChat,
    Move,
    GiveBack,
    Die,
    Wait,
    Replay,
    Retry,
}

/// <param name="Worker">Who does it: each holds claims of its own, for as long as it likes.</param>
/// <param name="Number">Which chat, which update, how much: whatever the act asks for, taken modulo what there is.</param>
public sealed record Step(Act Act, int Worker, int Number);
