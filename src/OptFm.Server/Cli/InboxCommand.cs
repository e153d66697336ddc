using System.CommandLine;
using System.Text;
using OptFm.Server.Inbox;

namespace OptFm.Server.Cli;

/// <summary><c>optfm inbox</c>: the updates, and handling one again.</summary>
public static class InboxCommand
{
    public static Command Create() => new("inbox", "See what customers sent, and have one handled again.")
    {
        List(), Show(), Replay(),
    };

    private static Command List()
    {
        var state = new Option<InboxState?>("--state") { Description = "Only updates in this state." };
        var most = new Option<int>("--limit") { Description = "At most so many, the newest.", DefaultValueFactory = _ => 50 };
        var command = new Command("list", "List updates, the newest first.") { state, most };
        command.SetAction((result, _) => DatabaseCommand.RunAsync(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, async database =>
        {
            var output = result.InvocationConfiguration.Output;
            foreach (var update in database.Read(session => InboxDesk.List(session, result.GetValue(state), result.GetValue(most))))
                await output.WriteLineAsync($"{update.Id}\t{update.State}\t{update.Channel}\t{update.Chat}\t{DatabaseCommand.Time(update.ReceivedAt)}\t{update.Type}\t{update.Reason}");
            return 0;
        }));
        return command;
    }

    private static Command Show()
    {
        var id = new Argument<long>("id") { Description = "Its number in the list." };
        var command = new Command("show", "Show one update as it arrived.") { id };
        command.SetAction((result, _) => DatabaseCommand.RunAsync(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, async database =>
        {
            var update = database.Read(session => InboxDesk.Find(session, result.GetValue(id)));
            if (update is null) return await Missing(result, result.GetValue(id));

            await result.InvocationConfiguration.Output.WriteLineAsync(
                $"""
                update   {update.Id}
                state    {update.State}
                channel  {update.Channel}
                chat     {update.Chat}
                type     {update.Type}
                key      {update.Key}
                received {DatabaseCommand.Time(update.ReceivedAt)}
                finished {DatabaseCommand.Time(update.FinishedAt)}
                attempts {update.Attempts}
                reason   {update.Reason ?? "-"}

                {Encoding.UTF8.GetString(update.Body)}
                """);
            return 0;
        }));
        return command;
    }

    private static Command Replay()
    {
        var id = new Argument<long>("id") { Description = "Its number in the list." };
        var command = new Command("replay", "Have an update handled again: its customer is answered once more.") { id };
        command.SetAction((result, _) => DatabaseCommand.RunAsync(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, async database =>
        {
            var number = result.GetValue(id);
            var now = (database.Clock ?? TimeProvider.System).GetUtcNow().ToUnixTimeMilliseconds();
            if (!await database.WriteAsync(session => InboxDesk.Replay(session, number, now))) return await Missing(result, number);

            await result.InvocationConfiguration.Output.WriteLineAsync($"update {number} will be handled within a second if the server runs, else at its next start");
            return 0;
        }));
        return command;
    }

    private static async Task<int> Missing(ParseResult result, long id)
    {
        await result.InvocationConfiguration.Error.WriteLineAsync($"there is no update {id} of a chat");
        return 1;
    }
}
