using BenchmarkDotNet.Attributes;
using OptFm.Search.Faq;
using OptFm.Search.Products;
using OptFm.Server.Evaluation;

namespace OptFm.Bench.Search;

/// <summary>One call of each kind. Not sealed, as BenchmarkDotNet derives from it.</summary>
[MemoryDiagnoser]
public class SearchBenchmarks
{
    private const int Products = 6562;
    private readonly FaqMatcher _faq = FaqMatcher.Build(EvalFiles.ReadFaq("data/faq.json"));
    private readonly ProductSearch _price = ProductSearch.Build(new GeneratedPrice(new Random(1)).Products(Products));

    [Benchmark]
    public FaqMatch FaqPlain() => _faq.Match("сколько стоит доставка в Вологду");

    [Benchmark]
    public FaqMatch FaqWrongLayoutAndTypos() => _faq.Match("crjkmrj cnjbn ljcnfdrf d djkjlu");

    [Benchmark]
    public FaqMatch FaqLongStory() =>
        _faq.Match("Добрый день! Заказывал у вас две недели назад стёкла. Пришли все, но одно с трещиной. Клиент ждать не хочет. Как мне его вернуть?");

    [Benchmark]
    public ProductMatch PriceModel() => _price.Search("дисплей iphone 11 pro черный");

    [Benchmark]
    public ProductMatch PriceSlangAndLimit() => _price.Search("чехлы на самсунг а51 до 500 рублей");

    [Benchmark]
    public FaqMatcher BuildFaq() => FaqMatcher.Build(EvalFiles.ReadFaq("data/faq.json"));
}
