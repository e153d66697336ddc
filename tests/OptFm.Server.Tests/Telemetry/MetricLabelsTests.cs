using OptFm.Server.Answers;
using OptFm.Server.Channels;
using OptFm.Server.Telemetry;
using OptFm.Server.Telemetry.Prometheus;

namespace OptFm.Server.Tests.Telemetry;

public sealed class MetricLabelsTests
{
    [Theory]
    [InlineData("faq", "answered", null)]
    [InlineData("suggest", "suggested", null)]
    [InlineData("fallback", "unknown", null)]
    [InlineData("price", null, "found")]
    [InlineData("price-nothing", null, "nothing")]
    [InlineData("price-or-faq", null, "unsure")]
    [InlineData("small-talk", null, null)]
    public void A_step_is_a_question_or_a_search_or_neither(string step, string? question, string? search)
    {
        MetricLabels.Step(step).ShouldBe(step);
        MetricLabels.Question(step).ShouldBe(question);
        MetricLabels.Search(step).ShouldBe(search);
    }

    [Fact]
    public void Only_what_a_customer_wrote_is_a_question()
    {
        using var meter = new BotMeter(TimeProvider.System);
        using var exposition = new Exposition(meter.Meter);
        meter.Answered("max", new InboundMessage(InboundKind.Text, "1", "как оплатить"), "faq");
        meter.Answered("max", new InboundMessage(InboundKind.Button, "1", "") { Payload = "e:1" }, "faq");
        var text = new PrometheusText();
        exposition.Write(text);

        text.ToString().ShouldContain("optfm_faq_questions_total{result=\"answered\"} 1\n");
        text.ToString().ShouldContain("optfm_answers_total{channel=\"max\",step=\"faq\"} 2\n");
        text.ToString().ShouldNotContain("оплатить");
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(302, null)]
    [InlineData(401, "http_401")]
    [InlineData(429, "http_429")]
    [InlineData(418, "http_4xx")]
    [InlineData(599, "http_5xx")]
    public void Statuses_have_few_names(int status, string? label) => MetricLabels.ApiError(status).ShouldBe(label);

    [Fact]
    public void Every_step_of_the_program_has_its_label()
    {
        var assembly = typeof(Answer).Assembly;
        var steps = assembly.GetTypes().Count(type => typeof(IAnswerStep).IsAssignableFrom(type) && !type.IsInterface);

        // A new step may say a word that is not on the list: look at MetricLabels.Steps, then correct this number.
        steps.ShouldBe(11);
        MetricLabels.Step("made-up").ShouldBe("other");
    }
}
