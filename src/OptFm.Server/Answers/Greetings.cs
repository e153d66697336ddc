using OptFm.Server.Channels;
using OptFm.Server.Conversations;

namespace OptFm.Server.Answers;

/// <summary>Says hello: by name the first time, without it afterwards.</summary>
internal sealed class Greetings(Phrases phrases)
{
    /// <summary>The reply to an opened chat.</summary>
    public string Start(Conversation conversation) => conversation.Greeted
        ? Named(conversation.FirstName, PhraseList.StartAgainNamed, PhraseList.StartAgain)
        : Named(conversation.FirstName, PhraseList.StartNamed, PhraseList.Start);

    /// <summary>The reply to a greeting.</summary>
    public string Hello(Conversation conversation) => conversation.Greeted
        ? phrases[PhraseList.HelloAgain]
        : Named(conversation.FirstName, PhraseList.HelloNamed, PhraseList.Hello);

    /// <summary>What stands before an answer.</summary>
    public string Before(Conversation conversation) =>
        Named(conversation.Greeted ? null : conversation.FirstName, PhraseList.GreetingNamed, PhraseList.Greeting);

    private string Named(string? name, Phrase named, Phrase nameless) =>
        name is null ? phrases[nameless] : phrases.Fill(named, ("name", Markup.Escape(name)));
}
