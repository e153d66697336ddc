using OptFm.Search.Text;

namespace OptFm.Search.Faq.Audit;

/// <summary>
/// Near-duplicates: pairs the matcher itself takes for candidates of one question, compared by the cosine of their weighted stems
/// (https://en.wikipedia.org/wiki/Tf%E2%80%93idf), question with question and entry with entry, or with the same answer word for word.
/// </summary>
internal static class SimilarEntries
{
    private const double SameQuestion = 0.9;
    private const double SameTopic = 0.8;
    private const int Candidates = 4;

    public static IEnumerable<FaqFinding> Find(IReadOnlyList<FaqEntry> entries, FaqMatcher matcher)
    {
        var weights = new StemWeights(entries);
        var place = entries.Select((entry, i) => (entry, i)).ToDictionary(pair => pair.entry.Id, pair => pair.i);
        var seen = new HashSet<(int, int)>();
        for (var i = 0; i < entries.Count; i++)
        {
            foreach (var candidate in matcher.Match(entries[i].Question).Candidates.Take(Candidates))
            {
                var other = place[candidate.Entry.Id];
                if (other == i || !seen.Add((Math.Min(i, other), Math.Max(i, other)))) continue;
                if (Compare(Math.Max(i, other), Math.Min(i, other)) is { } finding) yield return finding;
            }
        }

        FaqFinding? Compare(int later, int earlier)
        {
            var question = StemWeights.Cosine(weights.Questions[later], weights.Questions[earlier]);
            var all = StemWeights.Cosine(weights.All[later], weights.All[earlier]);
            var isSame = question >= SameQuestion || all >= SameTopic || weights.Answers[later] == weights.Answers[earlier];
            return isSame ? new(FaqFindingKind.SimilarEntries, entries[later], entries[earlier], entries[later].Question, Math.Max(question, all)) : null;
        }
    }

    /// <summary>What entries say, as vectors over stems.</summary>
    internal sealed class StemWeights
    {
        private readonly Dictionary<string, int> _entriesWith = new(StringComparer.Ordinal);
        private readonly int _count;

        public StemWeights(IReadOnlyList<FaqEntry> entries)
        {
            _count = entries.Count;
            var asked = entries.Select(entry => Stems([entry.Question, .. entry.Phrasings, .. entry.Keywords])).ToList();
            foreach (var stem in asked.SelectMany(stems => stems.Keys)) _entriesWith[stem] = _entriesWith.GetValueOrDefault(stem) + 1;
            All = [.. asked.Select(Vector)];
            Questions = [.. entries.Select(entry => Vector(Stems([entry.Question])))];
            Answers = [.. entries.Select(entry => string.Join(' ', TextAnalyzer.Read(entry.Answer).Select(word => word.Text)))];
        }

        public List<Dictionary<string, double>> All { get; }

        public List<Dictionary<string, double>> Questions { get; }

        /// <summary>Normalised, to be compared as wholes.</summary>
        public List<string> Answers { get; }

        public static double Cosine(Dictionary<string, double> a, Dictionary<string, double> b) => a.Sum(pair => pair.Value * b.GetValueOrDefault(pair.Key));

        private static Dictionary<string, int> Stems(IReadOnlyList<string> texts)
        {
            var stems = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var word in texts.SelectMany(TextAnalyzer.Read).Where(word => !word.IsWeak)) stems[word.Stem] = stems.GetValueOrDefault(word.Stem) + 1;
            return stems;
        }

        private Dictionary<string, double> Vector(Dictionary<string, int> stems)
        {
            var vector = stems.ToDictionary(pair => pair.Key, pair => (1 + Math.Log(pair.Value)) * Math.Log(1 + ((double)_count / _entriesWith[pair.Key])));
            var norm = Math.Sqrt(vector.Values.Sum(weight => weight * weight));
            return norm == 0 ? vector : vector.ToDictionary(pair => pair.Key, pair => pair.Value / norm);
        }
    }
}
