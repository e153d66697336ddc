using System.Text.Encodings.Web;
using System.Text.Json;
using OptFm.Search.Faq;
using OptFm.Search.Text;
using OptFm.Server.Answers;

namespace OptFm.Server.Faq;

/// <summary>Why the FAQ answers a question as it does, for the shop's staff, in Russian.</summary>
public sealed class FaqExplanation
{
    private const int RunnersUp = 4;
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _text;
    private readonly FaqMatcher _matcher;
    private readonly SmallTalk _talk;
    private readonly IReadOnlyList<FaqMatch> _matches;
    private readonly FaqFollowUp? _followUp;

    private FaqExplanation(FaqSnapshot faq, string text, FaqEntry? topic)
    {
        (_text, _matcher, _talk) = (text, faq.Matcher, SmallTalk.Read(text));
        _followUp = topic is null ? null : _matcher.Follow(_talk.Rest, topic);
        _matches = _followUp is null ? _matcher.MatchEach(_talk.Rest) : [_followUp.Match];
    }

    /// <param name="after">Id of the entry that was answered before; unknown ones count as none.</param>
    public static FaqExplanation Of(FaqSnapshot faq, string text, string? after) => new(faq, text, after is null ? null : faq.Find(after));

    public IEnumerable<string> Lines()
    {
        yield return $"Вопрос: {_text}";
        if (_talk.IsAll) yield return "Это приветствие, благодарность или прощание: бот ответит вежливостью, FAQ не нужен.";
        if (_followUp is not null) yield return "Понято как продолжение разговора.";
        if (_matches.Count > 1) yield return "В сообщении два вопроса, ответ будет на каждый.";
        foreach (var line in _matches.SelectMany(Lines)) yield return line;
    }

    public string Json() => JsonSerializer.Serialize(
        new
        {
            question = _text,
            small_talk = _talk.IsAll,
            follow_up = _followUp is not null,
            answer_at = _matcher.AnswerAt,
            suggest_at = _matcher.SuggestAt,
            matches = _matches.Select(match => new
            {
                decision = match.Decision.ToString().ToLowerInvariant(),
                confidence = Math.Round(Confidence(match), 3),
                candidates = match.Candidates.Select(c => new { id = c.Entry.Id, question = c.Entry.Question, confidence = Math.Round(c.Confidence, 3), topic = Math.Round(c.Topic, 3) }),
                elsewhere = Math.Round(match.Elsewhere, 3),
                words = match.Words.Select(Word),
            }),
        },
        Indented);

    private IEnumerable<string> Lines(FaqMatch match)
    {
        yield return "";
        yield return $"Решение: {Decision(match.Decision)}. Уверенность {Confidence(match):P0}; ответ — от {_matcher.AnswerAt:P0}, подсказки — от {_matcher.SuggestAt:P0}.";
        if (match.Candidates.Count == 0) yield break;

        yield return $"Лучшая запись: {match.Candidates[0].Entry.Id} «{match.Candidates[0].Entry.Question}»";
        yield return $"О чём вопрос: на {match.Candidates[0].Topic:P0} об этой записи, на {match.Elsewhere:P0} о том, чего в FAQ нет.";
        yield return "Слова:";
        foreach (var word in match.Words) yield return "  " + Line(word);
        if (match.Candidates.Count > 1) yield return "Следующие записи:";
        foreach (var candidate in match.Candidates.Skip(1).Take(RunnersUp))
            yield return $"  {candidate.Confidence,5:P0}  {candidate.Entry.Id} «{candidate.Entry.Question}»";
    }

    private static string Line(FaqWord word)
    {
        var repair = Repaired(word.Repair);
        var read = repair is null ? word.Typed : $"{word.Typed} → {word.Understood} ({repair})";
        if (word.Repair == Repair.Unknown) return $"{word.Typed}: незнакомое слово";
        var weak = word.IsWeak ? " [мало значит]" : "";
        return word.Places.Count == 0 ? $"{read}{weak}: в записи нет" : $"{read}{weak}: {string.Join("; ", word.Places.Select(Line))}";
    }

    private static string Line(FaqWordPlace place)
    {
        var synonym = place.IsSynonym ? $", синоним «{place.Word}»" : "";
        return place.Part == FaqPart.Answer ? $"ответ («{place.Word}»{synonym})" : $"{Part(place.Part)} «{place.Text}»{synonym}";
    }

    private static object Word(FaqWord word) => new
    {
        typed = word.Typed,
        understood = word.Understood,
        repair = word.Repair == Repair.None ? null : word.Repair.ToString().ToLowerInvariant(),
        weak = word.IsWeak,
        places = word.Places.Select(place => new
        {
            field = place.Part.ToString().ToLowerInvariant(),
            text = place.Text,
            word = place.Word,
            synonym = place.IsSynonym,
        }),
    };

    private static double Confidence(FaqMatch match) => match.Candidates.Count > 0 ? match.Candidates[0].Confidence : 0;

    private static string Decision(FaqDecision decision) => decision switch
    {
        FaqDecision.Answer => "ответить",
        FaqDecision.Suggest => "предложить до трёх вопросов",
        _ => "сказать, что ответа нет",
    };

    private static string Part(FaqPart part) => part switch
    {
        FaqPart.Question => "вопрос",
        FaqPart.Phrasing => "формулировка",
        _ => "ключевое слово",
    };

    private static string? Repaired(Repair repair) => repair switch
    {
        Repair.Layout => "раскладка",
        Repair.Transliteration => "транслит",
        Repair.Typo => "опечатка",
        Repair.Spacing => "пробел",
        _ => null,
    };
}
