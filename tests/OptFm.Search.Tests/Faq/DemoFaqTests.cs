using OptFm.Search.Faq;
using OptFm.Search.Faq.Training;
using OptFm.Search.Topics.Training;

namespace OptFm.Search.Tests.Faq;

/// <summary>The demo FAQ of this repository, and how well it is found.</summary>
public sealed class DemoFaqTests
{
    private static readonly IReadOnlyList<FaqEntry> Entries = DemoFaq.Entries;
    private static readonly FaqMatcher Matcher = DemoFaq.Matcher;

    [Fact]
    public void Has_the_shops_23_topics() =>
        Entries.Select(entry => entry.Id).ShouldBe(Enumerable.Range(1, 23).Select(id => $"{id}"));

    [Fact]
    public void Related_questions_exist() =>
        Entries.SelectMany(entry => entry.Related).ShouldAllBe(id => Entries.Any(entry => entry.Id == id));

    [Fact]
    public void No_phrasing_stands_twice() => Entries.SelectMany(entry => entry.Phrasings).ShouldBeUnique();

    [Fact]
    public void Each_question_leads_to_its_own_answer() => Entries.ShouldAllBe(entry => Matcher.Match(entry.Question).Candidates[0].Entry == entry);

    [Fact]
    public void Phrasings_kept_from_the_index_are_mostly_found()
    {
        var bare = FaqMatcher.Build([.. Entries.Select(entry => entry with { Phrasings = [] })]);
        var asked = Entries.SelectMany(entry => entry.Phrasings.Select(text => (entry.Id, bare.Match(text).Candidates))).ToList();

        var found = asked.Count(x => x.Candidates.Count > 0 && x.Candidates[0].Entry.Id == x.Id);

        ((double)found / asked.Count).ShouldBeGreaterThan(0.75);
    }

    [Theory]
    [InlineData("а в Ярославль везёте?", "8")]
    [InlineData("Здравствуйте! Меня зовут Олег, держу киоск у вокзала. Подскажите, картой можно расплатиться?", "7")]
    [InlineData("rfr ghjtplf nj yt pyf., f flhtc ulb&", "3")]
    public void Finds_the_topic_in_a_story(string message, string id) => Matcher.Match(message).Candidates[0].Entry.Id.ShouldBe(id);

    [Fact]
    public void Training_is_repeatable_and_its_weights_can_be_written_and_read()
    {
        var few = Entries.Take(4).Select(entry => entry with { Phrasings = [.. entry.Phrasings.Take(5)] }).ToList();

        var messages = few.SelectMany(entry => entry.Phrasings.Select((text, i) => new CustomerMessage($"{i % 2}", $"about {entry.Id}", [entry.Id], text)))
            .Append(new("0", "weather", [], "какая погода")).Append(new("1", "money", [], "курс доллара")).ToList();

        var trained = FaqTrainer.Train(few, messages);

        FaqModels.Parse(trained.Weights).Write().ShouldBe(trained.Weights);
        var again = FaqTrainer.Train(few, messages);
        again.Weights.ShouldBe(trained.Weights);
        again.Topics.ShouldBe(trained.Topics);
    }
}
