using OptFm.Sandbox;
using OptFm.Sandbox.Deliveries;
using OptFm.Sandbox.Records;

namespace OptFm.Server.Cli;

/// <summary>The sandbox at a terminal: shows what the bot does and takes lines as a customer's words.</summary>
internal sealed class SandboxConsole(SandboxServer sandbox, TextReader input, TextWriter output)
{
    private readonly TextWriter output = TextWriter.Synchronized(output);

    internal async Task RunAsync(CancellationToken stop)
    {
        Greet();
        Listen();
        try
        {
            while (await ReadLineAsync(stop) is { } line) await TakeAsync(line);
            await Task.Delay(Timeout.InfiniteTimeSpan, sandbox.Options.Time, stop);
        }
        catch (OperationCanceledException)
        {
            output.WriteLine("The sandbox stops.");
        }
    }

    /// <summary><c>max> text</c> writes, <c>max/42> text</c> writes in chat 42, <c>max! payload</c> presses a button.</summary>
    internal async Task TakeAsync(string line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        if (SandboxLine.Read(line) is not { } said)
        {
            output.WriteLine("Write \"max> привет\", \"telegram/42> привет\" (chat 42), \"compat! faq\" (press a button) or \"max> /start\".");
            return;
        }
        var messenger = sandbox[said.Messenger];
        var delivery = said switch
        {
            { IsPress: true } => await messenger.CustomerPressesAsync(said.Chat, said.Text),
            { Text: "/start" } => await messenger.CustomerStartsAsync(said.Chat),
            _ => await messenger.CustomerSaysAsync(said.Chat, said.Text),
        };
        if (delivery.Outcome != DeliveryOutcome.Accepted) output.WriteLine($"  ({delivery.Outcome.ToString().ToLowerInvariant()})");
    }

    /// <summary>The console's reader blocks even in its async methods, and would hold up Ctrl+C.</summary>
    private Task<string?> ReadLineAsync(CancellationToken stop) => Task.Run(input.ReadLine, stop).WaitAsync(stop);

    private void Greet() => output.WriteLine($"""
        The sandbox is at {sandbox.Address} (what it can do: docs/sandbox.md). Settings to run the bot with:

        # the official MAX API (add MAX_UPDATES=polling, or MAX_WEBHOOK_URL and MAX_WEBHOOK_SECRET)
        MAX_API=official
        MAX_BASE_URL={sandbox.MaxAddress}
        MAX_API_KEY={sandbox.Max.Token}

        # or the deployment guide's MAX API (with MAX_WEBHOOK_URL and MAX_WEBHOOK_SECRET)
        MAX_API=compat
        MAX_BASE_URL={sandbox.CompatAddress}
        MAX_API_KEY={sandbox.Compat.Token}

        TELEGRAM_BASE_URL={sandbox.TelegramAddress}
        TELEGRAM_BOT_TOKEN={sandbox.Telegram.Token}

        Write as a customer: "max> привет", "telegram> привет", "compat/user_7> привет"; press a button: "max! payload".
        """);

    private void Listen()
    {
        sandbox.Log.Sent.OnAdded = message => Show(message.Messenger, message.Chat, "the bot", message.Text, message.Keyboard);
        sandbox.Log.Edits.OnAdded = edit => Show(edit.Messenger, edit.Chat, "the bot changes", edit.Text, edit.Keyboard);
        sandbox.Log.CallbackAnswers.OnAdded = answer => Show(answer.Messenger, answer.Chat, "the bot answers the press", answer.Notification ?? "", []);
        sandbox.Log.Violations.OnAdded = violation => output.WriteLine($"{violation.Messenger}: 429 for {violation.Method}, limit {violation.Limit}");
        sandbox.Log.Deliveries.OnAdded = Show;
    }

    private void Show(DeliveryAttempt attempt)
    {
        if (attempt.Accepted) return;
        var why = attempt.Error ?? $"HTTP {attempt.Status}";
        output.WriteLine($"{attempt.Messenger}: {attempt.Type} was not taken (try {attempt.Number}): {why}");
    }

    private void Show(Messenger messenger, string chat, string who, string text, IReadOnlyList<IReadOnlyList<SeenButton>> keyboard)
    {
        var rows = keyboard.Select(static row => "\n    " + string.Join("  ", row.Select(Label)));
        output.WriteLine($"{messenger}/{chat} {who}: {text}{string.Concat(rows)}");
    }

    private static string Label(SeenButton button) => $"[{button.Text} ! {button.Payload ?? button.Url}]";
}

/// <summary>A line typed as a customer.</summary>
internal sealed record SandboxLine(Messenger Messenger, string Chat, string Text, bool IsPress)
{
    /// <returns>Null when the line names no messenger or says nothing.</returns>
    internal static SandboxLine? Read(string line)
    {
        var mark = line.IndexOfAny(['>', '!']);
        if (mark < 0) return null;
        var address = line[..mark].Trim().Split('/', 2);
        var text = line[(mark + 1)..].Trim();
        if (text.Length == 0 || !TryName(address[0], out var messenger)) return null;
        return new SandboxLine(messenger, address.Length > 1 ? address[1] : "1", text, line[mark] == '!');
    }

    /// <summary>By name only: enumerations would take numbers too.</summary>
    private static bool TryName(string name, out Messenger messenger) =>
        Enum.TryParse(name, ignoreCase: true, out messenger) && messenger.ToString().Equals(name, StringComparison.OrdinalIgnoreCase);
}
