using System.Globalization;
using OptFm.Server.Answers;
using OptFm.Server.Channels;
using OptFm.Server.Conversations;

namespace OptFm.Server.Cli;

/// <summary>One talk in the terminal: lines in, plain text and numbered buttons out.</summary>
internal sealed class ChatSession(AnswerSteps steps, TextWriter output)
{
    private const string Chat = "terminal";
    private Conversation _conversation = new("chat", Chat);
    private IReadOnlyList<Button> _buttons = [];

    public Task OpenAsync() => TellAsync(new(InboundKind.Started, Chat, ""));

    /// <summary>Answers line by line until the end of input or <c>/quit</c>.</summary>
    public async Task TalkAsync(TextReader input, bool prompt, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (prompt) await output.WriteAsync("> ");
            if (await input.ReadLineAsync(stop) is not { } line || line.Trim() is "/quit" or "/exit") return;
            if (line.Trim().Length > 0) await TellAsync(Read(line.Trim()));
        }
    }

    private InboundMessage Read(string line)
    {
        var pressed = int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= _buttons.Count;
        return pressed
            ? new(InboundKind.Button, Chat, "") { Payload = _buttons[number - 1].Payload, MessageId = "last" }
            : new(InboundKind.Text, Chat, line);
    }

    private async Task TellAsync(InboundMessage message)
    {
        var answer = steps.Answer(message, _conversation);
        _conversation = answer.Next;
        foreach (var reply in answer.Replies) await WriteAsync(reply);
    }

    private async Task WriteAsync(Reply reply)
    {
        await output.WriteLineAsync(Markup.ToPlain(reply.Text));
        _buttons = [.. reply.Keyboard?.Rows.SelectMany(row => row) ?? []];
        for (var i = 0; i < _buttons.Count; i++) await output.WriteLineAsync($"  [{i + 1}] {_buttons[i].Text}{(_buttons[i].Url is { } url ? $" {url}" : "")}");
        await output.WriteLineAsync();
    }
}
