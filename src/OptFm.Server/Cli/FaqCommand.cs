using System.CommandLine;
using OptFm.Server.Faq;
using OptFm.Server.Settings;

namespace OptFm.Server.Cli;

/// <summary><c>optfm faq ask</c> and <c>optfm faq check</c>: why the FAQ answers as it does, and what is wrong with it.</summary>
public static class FaqCommand
{
    private const int Faulty = 1;
    private const int Unreadable = 2;

    public static Command Create() => new("faq", "The shop's questions and answers") { Ask(), Check() };

    private static Command Ask()
    {
        var question = new Argument<string[]>("question") { Description = "What a customer would type", Arity = ArgumentArity.OneOrMore };
        var faq = new Option<FileInfo?>("--faq") { Description = "FAQ file; without it the bot's own" };
        var after = new Option<string?>("--after") { Description = "Id of the entry that was answered just before, for follow-ups", HelpName = "id" };
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command("ask", "Explains in Russian how a question is answered") { question, faq, after, json };
        command.SetAction((parsed, stop) => WithFilesAsync(parsed, faq, async files =>
        {
            var reading = await files.FaqAsync(stop);
            if (reading.Value is not { } snapshot) return files.Refuse(reading.Problems);
            var text = string.Join(' ', parsed.GetRequiredValue(question));
            var answer = FaqExplanation.Of(snapshot, text, parsed.GetValue(after));
            foreach (var line in parsed.GetValue(json) ? [answer.Json()] : answer.Lines()) await files.Output.WriteLineAsync(line);
            return 0;
        }));
        return command;
    }

    private static Command Check()
    {
        var faq = new Option<FileInfo?>("--faq") { Description = "FAQ file; without it the bot's own" };
        var golden = new Option<FileInfo?>("--golden") { Description = "Golden file; without it the bot's own, or the one beside the FAQ file" };
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var command = new Command("check", "Finds what is wrong with an FAQ before customers do. Exit code: 0 good, 1 problems, 2 unreadable") { faq, golden, json };
        command.SetAction((parsed, stop) => WithFilesAsync(parsed, faq, async files =>
        {
            var reading = await files.FaqAsync(stop);
            var report = FaqReport.Of(files.Faq, reading, await files.GoldenAsync(parsed.GetValue(golden), stop), await files.LiveAsync(stop), stop);
            var print = new FaqReportPrint(report, files.Faq, files.Language);
            foreach (var line in parsed.GetValue(json) ? [print.Json()] : print.Lines()) await files.Output.WriteLineAsync(line);
            if (files.Shared is { } shared && !parsed.GetValue(json)) await files.Output.WriteLineAsync(shared);
            return report.IsGood ? 0 : Faulty;
        }));
        return command;
    }

    private static async Task<int> WithFilesAsync(ParseResult parsed, Option<FileInfo?> faq, Func<FaqCommandFiles, Task<int>> run)
    {
        var errors = parsed.InvocationConfiguration.Error;
        var loaded = LoadedSettings.Load();
        if (!loaded.Check(errors)) return LoadedSettings.ExitCode;

        var files = new FaqCommandFiles(loaded, parsed.GetValue(faq)?.FullName, parsed.InvocationConfiguration.Output, errors);
        try
        {
            return await run(files);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(wrong is FileNotFoundException or DirectoryNotFoundException ? files.Missing(wrong) : wrong.Message);
            return Unreadable;
        }
    }
}
