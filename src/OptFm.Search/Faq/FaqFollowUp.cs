namespace OptFm.Search.Faq;

/// <summary>A message that was understood by what was answered before it.</summary>
/// <param name="Match">An answer; its confidence is at least <see cref="FaqMatcher.AnswerAt"/>.</param>
/// <param name="Answer">The entry's answer; where that was given before, with the paragraphs and points that were asked for first.</param>
public sealed record FaqFollowUp(FaqMatch Match, string Answer)
{
    public FaqEntry Entry => Match.Candidates[0].Entry;
}
