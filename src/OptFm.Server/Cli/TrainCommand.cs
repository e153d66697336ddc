using System.CommandLine;
using OptFm.Search.Faq.Training;
using OptFm.Search.Products.Training;
using OptFm.Search.Topics.Training;
using OptFm.Server.Evaluation;

namespace OptFm.Server.Cli;

/// <summary><c>optfm train faq</c> and <c>optfm train price</c>: fit the matcher's weights again, for developers who change its signals.</summary>
public static class TrainCommand
{
    private const int Seed = 20250625;

    public static Command Create()
    {
        var faq = new Option<FileInfo>("--faq") { Description = "FAQ file with phrasings (JSON)", Required = true };
        var messages = new Option<FileInfo>("--messages") { Description = "Customers' messages: author, topic, ids or -, text; tabs between", Required = true };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder of OptFm.Search: Faq/model.txt and Topics/topics.bin are written there", Required = true };
        var command = new Command("faq", "Fits the weights of FAQ matching") { faq, messages, output };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(faq), parsed.GetRequiredValue(messages), parsed.GetRequiredValue(output)));
        return new Command("train", "Fits the weights of matching to training data") { command, Price() };
    }

    private static Command Price()
    {
        var price = new Option<FileInfo>("--price") { Description = "Price list to make searches of", Required = true };
        var messages = new Option<FileInfo>("--messages") { Description = "Customers' messages, as for faq", Required = true };
        var output = new Option<FileInfo>("--out") { Description = "Where to write the weights", Required = true };
        var command = new Command("price", "Fits the confidence of price searches to searches made of a list") { price, messages, output };
        command.SetAction(parsed =>
        {
            var products = EvalFiles.ReadPrice(parsed.GetRequiredValue(price).FullName);
            var training = ProductTrainer.Train(products, NotOfGoods(parsed.GetRequiredValue(messages)), new Random(Seed));
            File.WriteAllText(parsed.GetRequiredValue(output).FullName, training.Weights);
            Console.WriteLine($"held out: right {training.Right}, wrong {training.Wrong}, false {training.InVain}");
        });
        return command;
    }

    private static int Run(FileInfo faq, FileInfo messages, DirectoryInfo output)
    {
        var training = FaqTrainer.Train(EvalFiles.ReadFaq(faq.FullName), CustomerMessage.Parse(File.ReadAllText(messages.FullName)));
        File.WriteAllText(Path.Combine(output.FullName, "Faq", "model.txt"), training.Weights);
        File.WriteAllBytes(Path.Combine(output.FullName, "Topics", "topics.bin"), training.Topics);
        Console.WriteLine($"held out, entries without phrasings: {training.Sparse}");
        Console.WriteLine($"held out, entries with phrasings: {training.Dense}");
        return 0;
    }

    /// <summary>Messages that no product answers.</summary>
    private static string[] NotOfGoods(FileInfo messages) =>
        [.. CustomerMessage.Parse(File.ReadAllText(messages.FullName)).Where(message => message.Topic != "product-search").Select(message => message.Text)];
}
