using OptFm.Server.Answers;
using OptFm.Server.Cli;

namespace OptFm.Server.Tests.Answers;

public sealed class ChatSessionTests
{
    [Fact]
    public async Task A_question_from_a_pipe_is_answered_in_plain_text()
    {
        (await TalkAsync("как оплатить заказ?")).ShouldBe("""
            Как оплатить заказ?

            Только по счёту.
              [1] Какие условия доставки?
              [2] Как вернуть товар?
              [3] 📋 Ещё вопросы


            """.ReplaceLineEndings());
    }

    [Fact]
    public async Task A_number_presses_the_button() => (await TalkAsync("как оплатить заказ?\n2\n")).ShouldContain("Заполните бланк.");

    [Fact]
    public async Task A_number_without_a_button_is_a_question() => (await TalkAsync("7\n")).ShouldContain(BotInATest.Phrase(PhraseList.Contacts));

    [Fact]
    public async Task Nothing_is_answered_after_quit_and_blank_lines() => (await TalkAsync("\n  \n/quit\nпривет\n")).ShouldBeEmpty();

    private static async Task<string> TalkAsync(string lines)
    {
        var output = new StringWriter();
        var faq = new BotInATest().Faq;
        await new ChatSession(new(() => faq, () => BotInATest.Phrases), output).TalkAsync(new StringReader(lines), prompt: false, CancellationToken.None);
        return output.ToString();
    }
}
