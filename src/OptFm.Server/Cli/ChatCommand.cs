using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using OptFm.Server.Answers;
using OptFm.Server.Faq;
using OptFm.Server.Products;
using OptFm.Server.Settings;

namespace OptFm.Server.Cli;

/// <summary><c>optfm chat</c>: a talk with the bot in the terminal, without server, database or tokens.</summary>
public static class ChatCommand
{
    public static Command Create()
    {
        var command = new Command("chat", "Talk to the bot here. A number presses the button; /quit or Ctrl-D leaves.");
        command.SetAction((result, stop) => RunAsync(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, stop));
        return command;
    }

    private static async Task<int> RunAsync(TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var loaded = LoadedSettings.Load();
        if (!loaded.Check(errors)) return LoadedSettings.ExitCode;

        var opened = await FaqLibrary.OpenAsync(loaded.Settings.Faq, NullLogger.Instance, TimeProvider.System, stop);
        foreach (var told in opened.Problems.Concat(opened.Warnings)) await errors.WriteLineAsync(told.In(loaded.Language));
        if (opened.Value is null) return LoadedSettings.ExitCode;

        using var library = opened.Value;
        using var price = await PriceLibrary.OpenAsync(loaded.Settings.Price, NullLogger.Instance, TimeProvider.System, stop);
        var session = new ChatSession(new AnswerSteps(library, price), output);
        if (!Console.IsInputRedirected) await session.OpenAsync();
        await session.TalkAsync(Console.In, prompt: !Console.IsInputRedirected, stop);
        return 0;
    }
}
