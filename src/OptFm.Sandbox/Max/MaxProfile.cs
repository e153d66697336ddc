using System.Text.Json;
using OptFm.Sandbox.Http;

namespace OptFm.Sandbox.Max;

/// <summary>Who the bot is, its commands, and its signs of life in a chat.</summary>
internal sealed class MaxProfile(TimeProvider time)
{
    private static readonly string[] Actions =
        ["typing_on", "sending_photo", "sending_video", "sending_audio", "sending_file", "mark_seen"];

    private volatile IReadOnlyList<(string Name, string Description)> commands = [];

    internal IReadOnlyList<string> Commands => [.. commands.Select(static command => command.Name)];

    /// <summary>The chat of <c>/chats/{id}/actions</c>; null for any other path.</summary>
    internal static string? ChatOfActions(string path)
    {
        var parts = path.Split('/');
        return parts is ["", "chats", { Length: > 0 } chat, "actions"] ? chat : null;
    }

    internal static ApiAnswer TakeAction(ApiCall call) =>
        Actions.Contains(call.Text("action")) ? MaxAnswers.Success : MaxAnswers.BadRequest("action: unknown");

    internal ApiAnswer Show() => new(200, JsonText.Object(json =>
    {
        json.WriteBot(time.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteString("description", "A bot in a sandbox");
        json.WriteStartArray("commands");
        foreach (var (name, description) in commands)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("description", description);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }));

    internal ApiAnswer SetCommands(ApiCall call)
    {
        if (call.Member("commands") is not { ValueKind: JsonValueKind.Array } list) return MaxAnswers.BadRequest("commands: expected an array");
        var given = list.EnumerateArray().Select(static item => (item.Text("name") ?? "", item.Text("description") ?? "")).ToList();
        if (given.Count > 32) return MaxAnswers.BadRequest("commands: no more than 32");
        if (given.Exists(static command => command.Item1.Length is 0 or > 64 || command.Item2.Length is 0 or > 128))
            return MaxAnswers.BadRequest("commands: name 1 to 64, description 1 to 128 characters");

        commands = given;
        return Show();
    }
}
