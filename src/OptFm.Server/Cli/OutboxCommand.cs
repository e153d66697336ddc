using System.CommandLine;
using OptFm.Server.Channels;
using OptFm.Server.Outbox;

namespace OptFm.Server.Cli;

/// <summary><c>optfm outbox</c>: the replies, and trying one again.</summary>
public static class OutboxCommand
{
    public static Command Create() => new("outbox", "See the replies to customers, and try one again.")
    {
        List(), Show(), Retry(),
    };

    private static Command List()
    {
        var state = new Option<OutboxState?>("--state") { Description = "Only replies in this state." };
        var most = new Option<int>("--limit") { Description = "At most so many, the newest.", DefaultValueFactory = _ => 50 };
        var command = new Command("list", "List replies, the newest first.") { state, most };
        command.SetAction((result, _) => DatabaseCommand.RunAsync(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, async database =>
        {
            var output = result.InvocationConfiguration.Output;
            foreach (var reply in database.Read(session => OutboxDesk.List(session, result.GetValue(state), result.GetValue(most))))
                await output.WriteLineAsync($"{reply.Id}\t{reply.State}\t{reply.Channel}\t{reply.Chat}\t{DatabaseCommand.Time(reply.CreatedAt)}\tattempts {reply.Attempts}\t{reply.Reason}");
            return 0;
        }));
        return command;
    }

    private static Command Show()
    {
        var id = new Argument<long>("id") { Description = "Its number in the list." };
        var command = new Command("show", "Show one reply with its text.") { id };
        command.SetAction((result, _) => DatabaseCommand.RunAsync(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, async database =>
        {
            var reply = database.Read(session => OutboxDesk.Find(session, result.GetValue(id)));
            if (reply is null) return await Missing(result, result.GetValue(id));

            var message = OutboxJson.Read(reply.Message, reply.Chat);
            await result.InvocationConfiguration.Output.WriteLineAsync(
                $"""
                reply    {reply.Id}
                state    {reply.State}
                channel  {reply.Channel}
                chat     {reply.Chat}
                answers  update {reply.InboxId?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"}
                created  {DatabaseCommand.Time(reply.CreatedAt)}
                finished {DatabaseCommand.Time(reply.FinishedAt)}
                attempts {reply.Attempts}, outcome unknown {reply.Unknowns}
                reason   {reply.Reason ?? "-"}
                kind     {message.Kind}
                buttons  {string.Join(" | ", message.Keyboard?.Rows.SelectMany(row => row).Select(b => b.Text) ?? [])}

                {Markup.ToPlain(message.Text)}
                """);
            return 0;
        }));
        return command;
    }

    private static Command Retry()
    {
        var id = new Argument<long>("id") { Description = "Its number in the list." };
        var command = new Command("retry", "Try a buried or waiting reply again, at once.") { id };
        command.SetAction((result, _) => DatabaseCommand.RunAsync(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, async database =>
        {
            var number = result.GetValue(id);
            var now = (database.Clock ?? TimeProvider.System).GetUtcNow().ToUnixTimeMilliseconds();
            if (database.Read(session => OutboxDesk.Find(session, number)) is not { } reply) return await Missing(result, number);

            if (await database.WriteAsync(session => OutboxDesk.Retry(session, number, now)))
            {
                await result.InvocationConfiguration.Output.WriteLineAsync($"reply {number} will be sent within a second if the server runs, else at its next start");
                return 0;
            }

            await result.InvocationConfiguration.Error.WriteLineAsync($"reply {number} is {reply.State}: only buried and waiting replies can be tried again");
            return 1;
        }));
        return command;
    }

    private static async Task<int> Missing(ParseResult result, long id)
    {
        await result.InvocationConfiguration.Error.WriteLineAsync($"there is no reply {id}");
        return 1;
    }
}
