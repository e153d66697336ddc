using System.Net;
using OptFm.EndToEnd.Tests.Faults;
using OptFm.Postgres;
using OptFm.Sandbox;

namespace OptFm.EndToEnd.Tests.Deploy;

/// <summary>Proves: with several nodes behind one nginx a messenger does not notice the death of one, and its customers get all their answers.</summary>
public sealed class SeveralNodesTests(ITestOutputHelper output)
{
    private const int Customers = 6;
    private const int Questions = 8;
    private const int Chats = 6;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_killed_under_load_costs_no_failed_delivery_and_no_answer()
    {
        var seed = Seeds.Next(output);
        await using var postgres = new PrivatePostgres(durable: false);
        var problem = await postgres.StartedAsync();
        Assert.SkipWhen(problem is not null, problem ?? "");
        await using var sandbox = await SandboxServer.StartAsync(FaultSettings.Sandbox(seed));
        var settings = FaultSettings.Compat(sandbox);
        settings["DATABASE_URL"] = await postgres.DatabaseAsync();
        await using var site = await NginxSite.StartAsync([await RealServer.StartAsync(settings, Stop), await RealServer.StartAsync(settings, Stop)]);
        using var client = site.Client();
        var prompts = await Prompts.LearnAsync(sandbox.Log, (chat, question) => DeliverAsync(client, chat, 1, question));
        var ledger = new Ledger();
        sandbox.Log.Sent.OnAdded = ledger.Receive;

        var customers = Enumerable.Range(0, Customers).Select(number => WriteAsync(client, ledger, prompts, number, new Random(seed + number))).ToList();
        await ledger.After(Customers * Questions * Chats / 2);
        await site.Server.KillAsync();
        ledger.NextLife();
        await Task.WhenAll(customers);

        await ledger.AllAnsweredAsync(TimeSpan.FromSeconds(120));
        var account = ledger.Settle();
        output.WriteLine(account.ToString());
        account.Lost.ShouldBe(0);
        account.Unasked.ShouldBeEmpty();
        account.ChatsOutOfOrder.ShouldBeEmpty();
    }

    private static async Task WriteAsync(HttpClient client, Ledger ledger, IReadOnlyList<Prompt> prompts, int number, Random random)
    {
        for (var chat = 0; chat < Chats; chat++)
        {
            var (name, asked) = ($"{1 + number * Chats + chat}", prompts.OrderBy(_ => random.Next()).Take(Questions).ToList());
            for (var i = 0; i < asked.Count; i++)
            {
                await DeliverAsync(client, name, i + 1, asked[i].Question);
                ledger.Promise(name, asked[i].Reply);
            }
        }
    }

    /// <summary>Once: a delivery that fails fails the test.</summary>
    private static async Task DeliverAsync(HttpClient client, string chat, int id, string text)
    {
        using var request = Crowd.Request(client.BaseAddress!, Crowd.Update(chat, id, text));
        using var answer = await client.SendAsync(request, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
