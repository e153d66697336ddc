using System.CommandLine;
using System.Text.Json;
using OptFm.Server.Cli;

namespace OptFm.Server.Tests.Faq;

/// <summary><c>optfm faq</c> as an administrator types it.</summary>
public sealed class FaqCommandTests : IDisposable
{
    private const string Good = """
        [{"id":1,"question":"Как оплатить заказ?","keywords":["оплата","счёт"],"answer":"По счёту: [сайт](https://shop.example/pay)."},
         {"id":2,"question":"Какие условия доставки?","keywords":["доставка","курьер"],"answer":"Привезём. Подробно на https://shop.example/ship"}]
        """;

    private readonly ShopFolder _shop = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _shop.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task A_good_FAQ_ends_with_0()
    {
        (await CheckAsync(Good)).ShouldBe(0, _output.ToString());
        _output.ToString().ShouldContain(_shop.Faq);
    }

    [Fact]
    public async Task Brackets_that_are_no_link_are_no_fault() =>
        (await CheckAsync(Good.Replace("Привезём.", "Цены [опт] и (розница), `[x](y)`, 5*(2) — https://shop.example/a(b).", StringComparison.Ordinal))).ShouldBe(0, _output.ToString());

    [Fact]
    public async Task Golden_questions_beside_the_file_are_asked()
    {
        File.WriteAllText(_shop.Golden, "как оплатить заказ\t1\nкакие условия доставки\t1\n");

        (await CheckAsync(Good)).ShouldBe(1);
        _output.ToString().ShouldContain("какие условия доставки");
        _output.ToString().ShouldNotContain("как оплатить заказ");
    }

    [Fact]
    public async Task Programs_get_JSON()
    {
        File.WriteAllText(_shop.Golden, "какие условия доставки\t1\n");
        await CheckAsync(Good.Replace("Привезём.", "[x](y)", StringComparison.Ordinal), "--json");

        using var json = JsonDocument.Parse(_output.ToString());
        json.RootElement.GetProperty("ok").GetBoolean().ShouldBeFalse();
        json.RootElement.GetProperty("problems")[0].GetProperty("kind").GetString().ShouldBe("broken-link");
        json.RootElement.GetProperty("golden").GetProperty("failed")[0].GetProperty("now").GetString().ShouldBe("2");
    }

    [Fact]
    public async Task A_missing_file_ends_with_2_and_a_malformed_one_with_1()
    {
        (await RunAsync("faq", "check", "--faq", _shop.Faq + ".absent")).ShouldBe(2);
        _errors.ToString().ShouldContain(_shop.Faq + ".absent");
        (await RunAsync("faq", "ask", "--faq", _shop.Faq + ".absent", "как")).ShouldBe(2);

        (await CheckAsync("[{]")).ShouldBe(1);
        (await RunAsync("faq", "ask", "--faq", _shop.Faq, "как")).ShouldBe(1);
    }

    [Fact]
    public async Task Ask_tells_the_decision_its_thresholds_and_each_word()
    {
        File.WriteAllText(_shop.Faq, Good);
        (await RunAsync("faq", "ask", "--faq", _shop.Faq, "eckjdbz", "dostavki")).ShouldBe(0);

        var said = _output.ToString();
        said.ShouldContain("Решение: ответить");
        said.ShouldContain("ответ — от");
        said.ShouldContain("eckjdbz → условия (раскладка): вопрос «Какие условия доставки?»");
        said.ShouldContain("dostavki → доставки (транслит)");
    }

    [Fact]
    public async Task Ask_names_the_runners_up_and_what_the_entry_lacks()
    {
        File.WriteAllText(_shop.Faq, Good);
        (await RunAsync("faq", "ask", "--faq", _shop.Faq, "оплата доставки курьером")).ShouldBe(0);

        _output.ToString().ShouldContain("Следующие записи:");
        _output.ToString().ShouldContain(": в записи нет");
    }

    [Fact]
    public async Task Ask_gives_programs_JSON_and_follows_up()
    {
        File.WriteAllText(_shop.Faq, Good);
        (await RunAsync("faq", "ask", "--faq", _shop.Faq, "--after", "2", "--json", "а курьер?")).ShouldBe(0);

        using var json = JsonDocument.Parse(_output.ToString());
        json.RootElement.GetProperty("follow_up").GetBoolean().ShouldBeTrue();
        var match = json.RootElement.GetProperty("matches")[0];
        match.GetProperty("decision").GetString().ShouldBe("answer");
        match.GetProperty("candidates")[0].GetProperty("id").GetString().ShouldBe("2");
        match.GetProperty("words").GetArrayLength().ShouldBe(2);
    }

    private Task<int> CheckAsync(string faq, params string[] more)
    {
        File.WriteAllText(_shop.Faq, faq);
        return RunAsync(["faq", "check", "--faq", _shop.Faq, .. more]);
    }

    private Task<int> RunAsync(params string[] args) => Commands.RunAsync(args, new InvocationConfiguration { Output = _output, Error = _errors });
}
