using OptFm.Search.Products;
using OptFm.Server.Channels;
using OptFm.Server.Products;

namespace OptFm.Server.Answers.Steps;

/// <summary>Buttons of the price list. Those of a search the chat no longer remembers get the categories.</summary>
internal sealed class ProductButtonStep(PriceSnapshot price, ProductReplies goods) : IAnswerStep
{
    public Answer? Try(Question question)
    {
        if (question.Message.Kind != InboundKind.Button || question.Message.Payload is not { } payload) return null;
        if (!payload.StartsWith(ProductPayload.Prefix, StringComparison.Ordinal)) return null;
        var read = ProductPayload.Read(payload);
        return (read is null ? null : Press(read, question)) ?? new("stale", [goods.Stale()], question.Conversation);
    }

    private Answer? Press(ProductPayload payload, Question question) => payload.Kind switch
    {
        'k' when payload.IsBelow => goods.Categories(1) is { } menu ? new("categories", [menu], question.Conversation) : null,
        'k' => InPlace(goods.Categories(payload.Second), question),
        'c' => InPlace(goods.Category(payload.First, payload.Second), question),
        'b' => Search(new(payload.First), 1, question),
        'p' when Remembered(payload, question) is { } topic => Search(topic, payload.Second, question),
        'f' when Remembered(payload, question) is { } topic && Narrowed(topic, payload.Second) is { } narrowed => Search(narrowed, 1, question),
        _ => null,
    };

    private static ProductTopic? Remembered(ProductPayload payload, Question question) =>
        ProductTopic.Read(question.Conversation.Topic) is { } topic && ProductPayload.Hash(topic) == payload.First ? topic : null;

    private ProductTopic? Narrowed(ProductTopic topic, int value)
    {
        if (price.Search.Search(topic.Query).Facet is not { } facet || value >= facet.Values.Count) return null;
        var chosen = facet.Values[value];
        return facet.Kind == FacetKind.Category ? topic with { Leaf = chosen.Label } : new($"{topic.Query} {chosen.Words}");
    }

    private Answer? Search(ProductTopic topic, int page, Question question) =>
        goods.Page(topic, price.Search.Search(topic.Query), page) is { } reply
            ? new("price", [reply], question.Conversation with { Topic = topic.Write() })
            : null;

    /// <summary>Menus change in place; found goods stay in the chat above.</summary>
    private static Answer? InPlace(Reply? page, Question question) =>
        page is null ? null : new("categories", [page with { Replace = question.Message.MessageId is not null }], question.Conversation);
}
