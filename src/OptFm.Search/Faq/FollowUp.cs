using System.Collections.Frozen;
using OptFm.Search.Text;

namespace OptFm.Search.Faq;

/// <summary>
/// Understands a short message by the entry that was answered last. In this order: what the topic's answer tells as one detail of many is asked
/// of it again; what is sure alone stays as it is; another place takes the place of those the topic names; what customers ask of another entry
/// is that entry's; what the topic has at all is the topic's. Anything else is no follow-up.
/// </summary>
internal sealed class FollowUp(FaqMatcher matcher, FaqEntry topic, FaqMatch alone, FaqMatch together, List<QueryWord> asked)
{
    private const int LongestMessage = 120;
    private const int MostWords = 8;
    private const int MostAsked = 3;

    /// <summary>A message that does not open like a follow-up is one only if it is so short.</summary>
    private const int MostWordsUnopened = 3;

    private static readonly FrozenSet<string> Openings =
        new[] { "а", "и", "ну", "но", "или", "тогда", "если", "еще", "также" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly Synonyms _synonyms = alone.Lexicon!.Synonyms;
    private readonly IReadOnlyList<FaqWord> _inTopic = EntryWords.Of(topic, alone.Lexicon!.Synonyms).Explain(asked);

    private FaqCandidate First => alone.Candidates[0];

    private bool IsSure => alone.Decision == FaqDecision.Answer;

    public static FaqFollowUp? Read(FaqMatcher matcher, string message, FaqEntry topic)
    {
        if (message.Length > LongestMessage) return null;
        var alone = matcher.Match(message);
        if (alone.Candidates.Count == 0 || alone.Query is not { Words: var words }) return null;
        var opens = Openings.Contains(words[0].Word.Text);
        if (TextAnalyzer.Read(message).Count > (opens ? MostWords : MostWordsUnopened)) return null;

        var asked = Asked(alone);
        if (asked.Count is 0 or > MostAsked) return null;
        return new FollowUp(matcher, topic, alone, matcher.Match(Joined(words, topic)), asked).Read(opens);
    }

    private FaqFollowUp? Read(bool opens)
    {
        if (IsSure && !opens && !_inTopic.All(PlaceNames.IsPlace)) return null;
        var has = _inTopic.All(word => word.Places.Any(place => opens || place.Part != FaqPart.Phrasing));
        if (has && IsDetail && together.Candidates is [var nearest, ..] && nearest.Entry.Id == topic.Id) return Again();
        if (IsSure) return opens && First.Entry.Id == topic.Id ? Again() : null;
        if (First.Entry.Id == topic.Id && First.Confidence >= matcher.SuggestAt) return Again();
        if (_inTopic.All(PlaceNames.IsPlace) && PlaceNames.AreNamedIn(topic)) return Again();
        if (Fits(First.Entry) || (opens && IsOnlyAskedOf(First.Entry, has))) return Other(First.Entry);
        if (has) return Again();
        if (together.Candidates.FirstOrDefault(candidate => Fits(candidate.Entry)) is { } other) return Other(other.Entry);
        return IsOfOtherPlaces ? Again() : null;
    }

    /// <summary>The words that say what is asked.</summary>
    private static List<QueryWord> Asked(FaqMatch alone)
    {
        var strong = alone.Query!.Words.FindAll(word => !word.Word.IsWeak);
        var specific = strong.FindAll(word => !alone.Lexicon!.IsGeneric(word.Word.Stem));
        return specific.Count > 0 ? specific : strong;
    }

    /// <summary>One sentence, so that neither half is asked alone.</summary>
    private static string Joined(List<QueryWord> words, FaqEntry topic) =>
        string.Join(' ', words.Select(word => word.Word).Concat(TextAnalyzer.Read(topic.Question)).Select(word => word.Text));

    /// <summary>
    /// Whether the topic's answer tells it though the topic is not known by it: a city of many, not the topic's own name. Words that say
    /// little, such as "быстро", must have been asked of the topic before.
    /// </summary>
    private bool IsDetail =>
        _inTopic.All(word => word.Places.Any(place => place.Part == FaqPart.Answer))
        && _inTopic.Any(word => !word.Places.Any(place => place.Part is FaqPart.Question or FaqPart.Keyword))
        && (!asked.TrueForAll(word => alone.Lexicon!.IsGeneric(word.Word.Stem)) || _inTopic.All(word => word.Places.Any(place => place.Part == FaqPart.Phrasing)));

    /// <summary>
    /// Whether customers ask this of that entry and not of the topic. Two or three words make no confident match, so their order must do;
    /// where the topic's answer has the words too, it takes more.
    /// </summary>
    private bool IsOnlyAskedOf(FaqEntry entry, bool topicHas) =>
        (!topicHas || First.Confidence >= matcher.SuggestAt) && !AreAsked(_inTopic) && AreAsked(EntryWords.Of(entry, _synonyms).Explain(asked));

    private static bool AreAsked(IReadOnlyList<FaqWord> words) => words.All(word => word.Places.Any(place => place.Part != FaqPart.Answer));

    private bool IsOfOtherPlaces => _inTopic.All(word => word.Places.Count > 0 || PlaceNames.IsPlace(word)) && PlaceNames.AreNamedIn(topic);

    /// <summary>Whether an entry comes near when the message is read with the topic's question, and has every word of the message itself.</summary>
    private bool Fits(FaqEntry entry) =>
        entry.Id != topic.Id
        && together.Candidates.Any(candidate => candidate.Entry.Id == entry.Id && candidate.Confidence >= matcher.SuggestAt)
        && AreAsked(EntryWords.Of(entry, _synonyms).Explain(asked));

    private FaqFollowUp Again()
    {
        var lines = _inTopic.SelectMany(word => word.Places).Where(place => place.Part == FaqPart.Answer).Select(place => place.Word);
        return new(Answer(topic), AnswerOrder.MatchingFirst(topic.Answer, [.. lines]));
    }

    private FaqFollowUp Other(FaqEntry entry) => new(Answer(entry), entry.Answer);

    /// <summary>The match with this entry first and sure enough to be told.</summary>
    private FaqMatch Answer(FaqEntry entry)
    {
        var found = together.Candidates.FirstOrDefault(candidate => candidate.Entry.Id == entry.Id);
        var first = new FaqCandidate(entry, found?.Score ?? 0, Math.Max(found?.Confidence ?? 0, matcher.AnswerAt));
        return alone with { Decision = FaqDecision.Answer, Candidates = [first, .. together.Candidates.Where(candidate => candidate.Entry.Id != entry.Id)] };
    }
}
