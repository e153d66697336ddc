using System.Globalization;
using System.Text.Json;
using OptFm.Sandbox.Faults;
using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Control;

/// <summary>Reads faults: <c>{"kind":"TooManyRequests","next":3,"method":"sendMessage","retry_after":2}</c>.</summary>
internal static class ControlFaults
{
    /// <exception cref="ControlException">It does not say what is to go wrong, or how often.</exception>
    internal static void Add(FaultPlan plan, JsonElement body)
    {
        if (!Enum.TryParse<FaultKind>(body.Text("kind"), ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
            throw new ControlException($"kind: one of {string.Join(", ", Enum.GetNames<FaultKind>())}");

        var fault = Read(kind, body);
        if (Number(body, "next", 1, int.MaxValue) is { } next) plan.Next((int)next, fault);
        else if (Number(body, "probability", 0, 1) is { } probability) plan.Chance(probability, fault);
        else plan.Always(fault);
    }

    private static Fault Read(FaultKind kind, JsonElement body)
    {
        var fault = new Fault(kind)
        {
            Method = body.Text("method"),
            Chat = body.Text("chat"),
            Status = (int)(Number(body, "status", 200, 599) ?? 0),
            MovedTo = body.Text("moved_to"),
        };
        if (Number(body, "retry_after", 0, 86_400) is { } seconds) fault = fault with { RetryAfter = TimeSpan.FromSeconds(seconds) };
        if (Number(body, "delay", 0, 86_400) is { } delay) fault = fault with { Delay = TimeSpan.FromSeconds(delay) };
        return fault;
    }

    private static double? Number(JsonElement body, string name, double least, double most)
    {
        if (body.Text(name) is not { } text) return null;
        if (double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        throw new ControlException($"{name}: {least} to {most}");
    }
}
