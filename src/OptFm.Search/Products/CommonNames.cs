using OptFm.Search.Text;

namespace OptFm.Search.Products;

/// <summary>
/// The plain name behind a word of slang, from the first word of its group of synonyms: "науш" is "наушники", so that phrases of
/// plain names ("беспроводные наушники") are found in slang as well.
/// </summary>
internal sealed class CommonNames
{
    private readonly Dictionary<string, string> _byStem = [];

    public static CommonNames Parse(string file)
    {
        var names = new CommonNames();
        foreach (var line in file.Split('\n'))
        {
            var members = line.Split('#')[0].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(TextAnalyzer.Read).ToList();
            if (members.Count < 2 || members[0].Count != 1) continue;
            foreach (var member in members.Skip(1))
                if (member.Count == 1) names._byStem.TryAdd(member[0].Stem, members[0][0].Stem);
        }

        return names;
    }

    public string Of(string stem) => _byStem.GetValueOrDefault(stem, stem);
}
