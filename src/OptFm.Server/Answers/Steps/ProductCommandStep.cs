using OptFm.Search.Products;
using OptFm.Server.Products;

namespace OptFm.Server.Answers.Steps;

/// <summary><c>/search</c>, <c>/categories</c>, <c>/brands</c>, and what they add to <c>/help</c>.</summary>
internal sealed class ProductCommandStep(PriceSnapshot price, Phrases phrases, ShopReplies replies, ProductReplies goods) : IAnswerStep
{
    public Answer? Try(Question question) => BotCommand.Read(question.Message) switch
    {
        { Name: "search", Argument.Length: > 0 } search => Search(search.Argument, question),
        { Name: "search" } => Say("price", goods.SearchHint(), question),
        { Name: "categories" } => Say("categories", goods.Categories(1) ?? goods.SearchHint(), question),
        { Name: "brands" } => Say("brands", goods.Brands(), question),
        { Name: "help" } => Say("help", replies.Guide($"{phrases[PhraseList.Help]}\n{phrases[PhraseList.PriceHelp]}"), question),
        _ => null,
    };

    private Answer Search(string query, Question question)
    {
        var match = price.Search.Search(query);
        var topic = new ProductTopic(query);
        return match.Decision != ProductDecision.Nothing && goods.Page(topic, match, 1) is { } page
            ? new("price", [page], question.Conversation with { Topic = topic.Write() })
            : Say("price-nothing", goods.Nothing(match, ""), question);
    }

    private static Answer Say(string step, Reply reply, Question question) => new(step, [reply], question.Conversation);
}
