using OptFm.Search.Faq;
using OptFm.Search.Products;
using OptFm.Server.Products;

namespace OptFm.Server.Answers.Steps;

/// <summary>The price list: goods where the search is surer than the FAQ; where both are about as sure, the customer is asked.</summary>
internal sealed class ProductStep(PriceSnapshot price, FaqEar faq, ShopReplies replies, ProductReplies goods) : IAnswerStep
{
    /// <summary>Confidences as near as this say nothing about which is meant.</summary>
    private const double Close = 0.1;

    public Answer? Try(Question question)
    {
        var talk = question.Talk;
        var match = price.Search.Search(talk.Rest);
        var (faqMatch, answers) = faq.Of(question);
        var greeting = talk.Greets ? replies.Greetings.Before(question.Conversation) : "";
        var next = question.Conversation with { Greeted = question.Conversation.Greeted || talk.Greets };
        var topic = new ProductTopic(talk.Rest);
        if (match.ByCode) return match.Hits.Count > 0 ? Show(topic, match, greeting, next) : Nothing(match, greeting, next);
        if (answers.Count > 1) return null;
        return Chosen(match, faqMatch) switch
        {
            Choice.Goods => Show(topic, match, greeting, next),
            Choice.Ask => new("price-or-faq", [goods.Ask(topic, faqMatch.Candidates[0].Entry, greeting)], next with { Topic = topic.Write() }),
            Choice.Nothing => Nothing(match, greeting, next),
            _ => null,
        };
    }

    private enum Choice
    {
        Faq,
        Goods,
        Ask,
        Nothing,
    }

    private static Choice Chosen(ProductMatch match, FaqMatch faqMatch)
    {
        var faqConfidence = faqMatch.Candidates.Count > 0 ? faqMatch.Candidates[0].Confidence : 0;
        switch (match.Decision)
        {
            case ProductDecision.Answer when faqMatch.Decision == FaqDecision.Answer:
                if (Math.Abs(faqConfidence - match.Confidence) < Close) return Choice.Ask;
                return match.Confidence > faqConfidence ? Choice.Goods : Choice.Faq;
            case ProductDecision.Answer:
                return Choice.Goods;
            case ProductDecision.Suggest when faqMatch.Decision != FaqDecision.Answer && match.Confidence > faqConfidence:
                return Choice.Goods;
            case ProductDecision.Nothing when faqMatch.Decision == FaqDecision.Unknown && IsAboutGoods(match):
                return Choice.Nothing;
            default:
                return Choice.Faq;
        }
    }

    /// <summary>Half of what was asked for is in the list, so it was a search, and an honest "not found" helps more than the contacts.</summary>
    private static bool IsAboutGoods(ProductMatch match) =>
        match.Hits.Count > 0 && match.Required.Count > 0 && match.Relaxed.Count * 2 <= match.Required.Count && match.Relaxed.Count < match.Required.Count;

    private Answer? Show(ProductTopic topic, ProductMatch match, string greeting, Conversations.Conversation next) =>
        goods.Page(topic, match, 1) is { } page
            ? new("price", [page with { Text = ProductReplies.After(greeting, page.Text) }], next with { Topic = topic.Write() })
            : null;

    private Answer Nothing(ProductMatch match, string greeting, Conversations.Conversation next) => new("price-nothing", [goods.Nothing(match, greeting)], next);
}
