using OptFm.Search.Faq;
using OptFm.Server.Answers;
using OptFm.Server.Channels;
using OptFm.Server.Conversations;
using OptFm.Server.Faq;
using OptFm.Server.Products;

namespace OptFm.Server.Tests.Answers;

/// <summary>A customer and the bot in one chat. Small FAQ, the shipped phrases, no channel, no database.</summary>
internal sealed class BotInATest
{
    private readonly AnswerSteps _steps;

    public BotInATest(params IReadOnlyList<FaqEntry> entries)
    {
        Faq = FaqSnapshot.Build(entries.Count > 0 ? entries : Shop);
        _steps = new(() => Faq, () => Phrases, () => Price);
    }

    /// <summary>Payment, delivery and return, in two categories and one entry without.</summary>
    public static IReadOnlyList<FaqEntry> Shop { get; } =
    [
        new("1", "Как оплатить заказ?", ["оплата", "картой", "счёт", "реквизиты"], "Только **по счёту**.") { Category = "Заказ", Related = ["2", "3"] },
        new("2", "Какие условия доставки?", ["доставка", "привезёте", "курьер"], "Доставим до двери.") { Category = "Заказ" },
        new("3", "Как вернуть товар?", ["возврат", "брак", "обмен"], "Заполните бланк.") { Category = "После покупки" },
        new("4", "Где находится склад?", ["адрес", "склад", "самовывоз"], "В Иванове."),
    ];

    public static Phrases Phrases { get; } = ShippedPhrases();

    /// <summary>The FAQ that holds now; a test may change it between two messages, as a reload does.</summary>
    public FaqSnapshot Faq { get; set; }

    /// <summary>The price list that holds now; none unless a test says so.</summary>
    public PriceSnapshot? Price { get; set; }

    public string? FirstName { get; init; }

    public Conversation Conversation { get; set; } = new("test", "42");

    public Answer Last { get; private set; } = new("nothing yet", [], new("test", "42"));

    public Reply Reply => Last.Replies.ShouldHaveSingleItem();

    /// <summary>The last reply as a customer reads it.</summary>
    public string Text => Markup.ToPlain(Reply.Text);

    public IReadOnlyList<Button> Buttons => [.. Reply.Keyboard?.Rows.SelectMany(row => row) ?? []];

    public IEnumerable<string> Labels => Buttons.Select(b => b.Text);

    public BotInATest Say(string text) => Do(new(InboundKind.Text, "42", text));

    public BotInATest Open(string? link = null) => Do(new(InboundKind.Started, "42", "") { Payload = link });

    public BotInATest Stop() => Do(new(InboundKind.Stopped, "42", ""));

    /// <summary>Presses the button of the last reply with this label.</summary>
    public BotInATest Press(string label) => PressPayload(Buttons.Single(b => b.Text.Contains(label, StringComparison.Ordinal)).Payload);

    public BotInATest PressPayload(string? payload) => Do(new(InboundKind.Button, "42", "") { Payload = payload, CallbackId = "c", MessageId = "7" });

    public BotInATest Do(InboundMessage message)
    {
        Last = _steps.Answer(message with { FirstName = message.FirstName ?? FirstName }, Conversation);
        Conversation = Last.Next;
        return this;
    }

    public Answer Failed() => _steps.Failed(Conversation);

    public static string Phrase(Phrase phrase) => Markup.ToPlain(Phrases[phrase]);

    private static Phrases ShippedPhrases()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "data", "phrases.ru.json");
        var reading = PhrasesFile.Read(file, File.ReadAllBytes(file));
        reading.Problems.ShouldBeEmpty();
        return reading.Value.ShouldNotBeNull();
    }
}
