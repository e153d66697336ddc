using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OptFm.Sandbox.Http;

/// <summary>One call of the bot: its name, its body and what else the URL says.</summary>
/// <param name="Http">For the query and for cutting the connection.</param>
/// <param name="Method">The call as faults name it: <c>sendMessage</c>, <c>POST /messages</c>.</param>
internal sealed record ApiCall(HttpContext Http, string Method)
{
    /// <summary>Where the server notes by which address a call came.</summary>
    internal static readonly object CallerItem = new();

    /// <summary>The JSON body; <see cref="JsonValueKind.Undefined"/> without one.</summary>
    internal JsonElement Body { get; init; }

    /// <summary>The chat the call is about, as far as it says.</summary>
    internal string? Chat { get; init; }

    /// <summary>Tells the call from every other.</summary>
    internal long Number { get; init; }

    /// <summary>Which of the bot's processes makes it, where they were given addresses of their own.</summary>
    internal string? Caller => Http.Items[CallerItem] as string;

    internal CancellationToken Aborted => Http.RequestAborted;

    internal string? Query(string name) => Http.Request.Query.TryGetValue(name, out var values) ? values[0] : null;

    /// <summary>A member of the body as text, numbers included; null when it is absent or null.</summary>
    internal string? Text(string name) => Member(name)?.AsText();

    internal JsonElement? Member(string name) => Body.Member(name);

    /// <summary>From the body, else from the query: Telegram takes both.</summary>
    internal string? Parameter(string name) => Text(name) ?? Query(name);
}

internal static class JsonElementReading
{
    internal static JsonElement? Member(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value)) return null;
        return value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : value;
    }

    internal static string? AsText(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => null,
    };

    internal static string? Text(this JsonElement element, string name) => element.Member(name)?.AsText();

    /// <summary>The strings of an array; null when there is no array, so that "absent" and "empty" differ.</summary>
    internal static IReadOnlyList<string>? Strings(this JsonElement element, string name)
    {
        if (element.Member(name) is not { ValueKind: JsonValueKind.Array } array) return null;
        return [.. array.EnumerateArray().Select(static item => item.AsText() ?? "")];
    }
}
