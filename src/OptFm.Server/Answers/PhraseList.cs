namespace OptFm.Server.Answers;

/// <summary>THE list of what the bot says besides the FAQ.</summary>
public static class PhraseList
{
    public static readonly Phrase Start = new("start");
    public static readonly Phrase StartNamed = new("startNamed", "name");
    public static readonly Phrase StartAgain = new("startAgain");
    public static readonly Phrase StartAgainNamed = new("startAgainNamed", "name");
    public static readonly Phrase Hello = new("hello");
    public static readonly Phrase HelloNamed = new("helloNamed", "name");
    public static readonly Phrase HelloAgain = new("helloAgain");

    /// <summary>Stands before an answer when the question came with a greeting.</summary>
    public static readonly Phrase Greeting = new("greeting");

    /// <summary>The same, the first time.</summary>
    public static readonly Phrase GreetingNamed = new("greetingNamed", "name");
    public static readonly Phrase Thanks = new("thanks");
    public static readonly Phrase Farewell = new("farewell");
    public static readonly Phrase Okay = new("okay");
    public static readonly Phrase Help = new("help");
    public static readonly Phrase UnknownCommand = new("unknownCommand");
    public static readonly Phrase Contacts = new("contacts");
    public static readonly Phrase Answer = new("answer", "answer") { Optional = ["question"] };
    public static readonly Phrase Suggest = new("suggest");
    public static readonly Phrase Unknown = new("unknown", "contacts");
    public static readonly Phrase TooLong = new("tooLong", "contacts");
    public static readonly Phrase NotText = new("notText");
    public static readonly Phrase Stale = new("stale");
    public static readonly Phrase Error = new("error", "contacts");
    public static readonly Phrase MenuTopics = new("menuTopics");
    public static readonly Phrase MenuQuestions = new("menuQuestions");
    public static readonly Phrase MenuTopic = new("menuTopic", "topic");

    /// <summary>Follows a menu's title when there is more than one page.</summary>
    public static readonly Phrase MenuPage = new("menuPage", "page", "pages");
    public static readonly Phrase OtherTopic = Phrase.Button("otherTopic");
    public static readonly Phrase ButtonFaq = Phrase.Button("buttonFaq");
    public static readonly Phrase ButtonMore = Phrase.Button("buttonMore");
    public static readonly Phrase ButtonContacts = Phrase.Button("buttonContacts");
    public static readonly Phrase ButtonTopics = Phrase.Button("buttonTopics");
    public static readonly Phrase ButtonPrevious = Phrase.Button("buttonPrevious");
    public static readonly Phrase ButtonNext = Phrase.Button("buttonNext");

    /// <summary>Stands above the products found.</summary>
    public static readonly Phrase PriceFound = new("priceFound", "list") { Optional = ["total"] };

    /// <summary>The same when nothing satisfies the whole search.</summary>
    public static readonly Phrase PriceRelaxed = new("priceRelaxed", "relaxed") { Optional = ["list"] };
    public static readonly Phrase PriceSimilar = new("priceSimilar") { Optional = ["list"] };
    public static readonly Phrase PriceItem = new("priceItem", "name", "price", "code") { Optional = ["status"] };
    public static readonly Phrase PriceStatus = new("priceStatus", "status");
    public static readonly Phrase PriceList = new("priceList");
    public static readonly Phrase PriceNothing = new("priceNothing");
    public static readonly Phrase PriceNoCode = new("priceNoCode", "code");
    public static readonly Phrase PriceOrFaq = new("priceOrFaq");
    public static readonly Phrase PriceSearch = new("priceSearch");
    public static readonly Phrase PriceHelp = new("priceHelp");
    public static readonly Phrase PriceCategories = new("priceCategories");
    public static readonly Phrase PriceCategory = new("priceCategory", "category");
    public static readonly Phrase PriceBrands = new("priceBrands");
    public static readonly Phrase ButtonProducts = Phrase.Button("buttonProducts");
    public static readonly Phrase ButtonMoreProducts = Phrase.Button("buttonMoreProducts");
    public static readonly Phrase ButtonCategories = Phrase.Button("buttonCategories");
    public static readonly Phrase ButtonUp = Phrase.Button("buttonUp");

    public static IReadOnlyList<Phrase> All { get; } =
    [
        Start, StartNamed, StartAgain, StartAgainNamed, Hello, HelloNamed, HelloAgain, Greeting, GreetingNamed,
        Thanks, Farewell, Okay, Help, UnknownCommand, Contacts, Answer, Suggest, Unknown, TooLong, NotText, Stale, Error,
        MenuTopics, MenuQuestions, MenuTopic, MenuPage, OtherTopic,
        PriceFound, PriceRelaxed, PriceSimilar, PriceItem, PriceStatus, PriceList, PriceNothing, PriceNoCode, PriceOrFaq, PriceSearch, PriceHelp,
        PriceCategories, PriceCategory, PriceBrands, ButtonProducts, ButtonMoreProducts, ButtonCategories, ButtonUp,
        ButtonFaq, ButtonMore, ButtonContacts, ButtonTopics, ButtonPrevious, ButtonNext,
    ];
}
