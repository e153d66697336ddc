using OptFm.Sandbox.Compat;
using OptFm.Sandbox.Limits;

namespace OptFm.Sandbox;

/// <summary>How the fake messengers behave before anybody asks them for faults.</summary>
public sealed record SandboxOptions
{
    /// <summary>Port on 127.0.0.1, 0–65535; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>Decides everything random: ids, and which calls a probability hits.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The clock of limits, ids, retries and ages.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>False: no call is ever refused for its rate, as a load test wants it.</summary>
    public bool LimitsOn { get; init; } = true;

    /// <summary>False: messages are counted and shown to <c>OnAdded</c>, but not kept.</summary>
    public bool KeepRecords { get; init; } = true;

    /// <summary>False: the bot may write to chats in which no customer has acted yet.</summary>
    public bool KnownChatsOnly { get; init; } = true;

    /// <summary>True: a webhook may be plain HTTP and on any port as long as it is on this machine. Real messengers never allow it.</summary>
    public bool AllowHttpWebhooks { get; init; }

    /// <summary>How many times sooner than by the messengers' own clock a failed delivery is repeated: for runs of minutes. Above 0.</summary>
    public double RetrySpeed { get; init; } = 1;

    public string MaxToken { get; init; } = "sandbox-max-token";

    public string CompatToken { get; init; } = "sandbox-compat-key";

    public string TelegramToken { get; init; } = "1000001:sandbox-telegram-token";

    public SandboxLimits MaxLimits { get; init; } = SandboxLimits.Max;

    public SandboxLimits CompatLimits { get; init; } = SandboxLimits.Compat;

    public SandboxLimits TelegramLimits { get; init; } = SandboxLimits.Telegram;

    /// <summary>Which of the guide API's three proofs of authenticity its deliveries carry.</summary>
    public CompatProof CompatProof { get; init; } = CompatProof.TelegramHeader;

    /// <summary>Carries deliveries to webhooks; for tests that need their own trust or count connections. Disposed with the server.</summary>
    public HttpMessageHandler? DeliveryHandler { get; init; }
}
