using System.Text.Json;
using OptFm.EndToEnd.Tests.Repository;
using OptFm.Sandbox;
using OptFm.Sandbox.Records;

namespace OptFm.EndToEnd.Tests.Faults;

/// <summary>A question and what the bot answers to it, as the messenger receives it.</summary>
internal sealed record Prompt(string Question, string Reply);

/// <summary>The demo FAQ's questions: each has an answer of its own, so a reply tells which message it belongs to.</summary>
internal static class Prompts
{
    private const string LessonChats = "9000";

    /// <summary>Asks the bot each question once, in a chat of its own, while nothing goes wrong.</summary>
    public static async Task<IReadOnlyList<Prompt>> LearnAsync(SandboxLog log, Func<string, string, Task> ask)
    {
        var questions = Questions();
        for (var i = 0; i < questions.Count; i++) await ask(Chat(i), questions[i]);

        var prompts = new List<Prompt>();
        for (var i = 0; i < questions.Count; i++)
        {
            var chat = Chat(i);
            var reply = await log.Sent.WaitForAsync(message => message.Chat == chat, TimeSpan.FromSeconds(60));
            if (reply.Text.Contains(questions[i], StringComparison.Ordinal)) prompts.Add(new(questions[i], reply.Text));
        }

        prompts.Count.ShouldBeGreaterThan(15, "a question that is not answered with its entry tells nothing here, but most must be");
        prompts.Select(prompt => prompt.Reply).ShouldBeUnique();
        return prompts;
    }

    public static bool IsLesson(string chat) => chat.StartsWith(LessonChats, StringComparison.Ordinal);

    private static string Chat(int number) => $"{LessonChats}{number}";

    private static List<string> Questions()
    {
        using var faq = JsonDocument.Parse(File.ReadAllBytes(Checkout.PathOf("data/faq.json")));
        return [.. faq.RootElement.EnumerateArray().Select(entry => entry.GetProperty("question").GetString()!)];
    }
}
