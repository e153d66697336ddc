using System.Collections.Frozen;

namespace OptFm.Server.Answers;

/// <summary>The pleasantries of Russian shop chats, with the slips of wrong layout ("ghbdtn") and Latin letters ("privet").</summary>
internal static class SmallTalkWords
{
    private static readonly SmallTalkPhrase[] Certain =
    [
        .. Phrases(SmallTalkKind.Greeting, """
            здравствуйте|здравствуй|здравствуете|здраствуйте|здраствуй|здрасвуйте|здравстуйте|здрасте|здрасьте|здрасти|здрасть|драсте|драсти|дратути
            привет|приветик|приветики|превет|пивет|приве|привет всем|приветствую|приветы|хай|хелло|хеллоу|салют|здарова|здорова|здоров|доров
            добрый день|добрый вечер|доброе утро|доброй ночи|доброго дня|доброго вечера|доброго утра|день добрый|вечер добрый|утро доброе|добрый ден|добрыйдень
            доброго времени суток|доброго времени|доброе время суток|дня доброго|вечера доброго|утра доброго|с добрым утром
            hello|hi|hey|privet|zdravstvuyte|zdravstvuite|zdrastvuyte|dobryi den|dobriy den|dobry den|dobryj den|dobroe utro|dobryi vecher|ghbdtn|plhfdcndeqnt|lj hsq ltym|lj hjt enhj|lj hsq dtxth
            """),
        .. Phrases(SmallTalkKind.Thanks, """
            спасибо|спасиба|спасибки|спасибочки|спс|спсб|пасиб|пасибо|пасиба|спасиб|сенкс|сэнкс|благодарю|благодарим|благодарствую|мерси
            большое спасибо|огромное спасибо|спасибо большое|спасибо огромное|спасибо заранее|заранее спасибо|заранее благодарю|заранее благодарен|заранее благодарна|заранее признателен
            спасибо за помощь|спасибо за ответ|спасибо за информацию|спасибо за консультацию|спасибо за оперативность|спасибо за внимание|спасибо за подсказку|спасибо вам|спасибо вам большое|от души
            thanks|thank you|thx|spasibo|spasiba|spasibo bolshoe|cgfcb j|cgc
            """),
        .. Phrases(SmallTalkKind.Farewell, """
            до свидания|досвидания|до свиданья|досвиданья|до встречи|до связи|до завтра|всего доброго|всего хорошего|всего наилучшего|всех благ|всего вам доброго
            хорошего дня|хорошего вечера|хороших выходных|удачного дня|доброй вам ночи|спокойной ночи|счастливо оставаться|прощайте|бай|бай бай|пока пока|ну пока
            goodbye|good bye|bye|do svidaniya|poka poka
            """),
    ];

    /// <summary>Everyday words that are pleasantries only when nothing but pleasantries is said: "пока" bids farewell, "пока не пришёл заказ" does not.</summary>
    private static readonly SmallTalkPhrase[] Doubtful =
    [
        .. Phrases(SmallTalkKind.Okay, """
            ок|окей|окэй|оке|окейси|ok|okay|оk|хорошо|ладно|ладненько|понятно|понял|поняла|поняли|понятненько|ясно|ясненько|принято|отлично|супер|класс|круто|прекрасно|замечательно|здорово|да|ага|угу|нет|неа|не|ну|ну ладно
            договорились|хорошо понял|хорошо поняла|все понятно|все ясно|все понял|все поняла|буду знать|учту|годится|пойдет|добро|лан|норм|нормально|ничего|неважно|уже не надо|не надо|не нужно|разобрался|разобралась|уже разобрался|j r|ghbyznj
            """),
        .. Phrases(SmallTalkKind.Greeting, """
            прив|ку|йо|алло|ало|але|ау|эй|добрый|доброго|здравия желаю|как дела|как ваши дела|как жизнь|как ты|как сам|как настроение|есть кто|есть кто нибудь|кто нибудь есть|кто тут|тут кто есть|вы тут|вы здесь|ты тут
            можно вопрос|есть вопрос|у меня вопрос|у меня есть вопрос|хочу спросить|хотел спросить|хотела спросить|хочу задать вопрос|можно задать вопрос|можно спросить|рад знакомству|начать
            """),
        .. Phrases(SmallTalkKind.Thanks, "очень помогли|вы очень помогли|вы помогли|помогли|очень выручили|выручили|молодцы|умничка|молодец|вы лучшие|благодарен|благодарна|признателен"),
        .. Phrases(SmallTalkKind.Farewell, "пока|покеда|покедова|счастливо|удачи|poka|прощай|спок|увидимся|gjrf"),
    ];

    /// <summary>What counts anywhere at the ends of a message; longest first.</summary>
    public static SmallTalkPhrase[] Sure { get; } = [.. Certain.OrderByDescending(p => p.Words.Length)];

    /// <summary>What counts when the whole message is made of it; longest first.</summary>
    public static SmallTalkPhrase[] All { get; } = [.. Certain.Concat(Doubtful).OrderByDescending(p => p.Words.Length)];

    /// <summary>Words that say nothing of their own beside a pleasantry.</summary>
    public static FrozenSet<string> Fillers { get; } =
        "и а ну вот вам тебе вас тебя всем всех за очень большое огромное спасибище бот ботик робот ребята коллеги друзья девушка господа уважаемые уважаемый дорогие пожалуйста помощь ответ информацию консультацию инфу быстрый подробный скорый еще раз тоже взаимно и вам же уж мой мне нам это все так"
            .Split(' ').Select(w => SpokenWord.Sound(w)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Emoji that mean more than "seen".</summary>
    public static FrozenDictionary<int, SmallTalkKind> Symbols { get; } = new Dictionary<int, SmallTalkKind>
    {
        [0x1F44B] = SmallTalkKind.Greeting,
        [0x1F64F] = SmallTalkKind.Thanks,
        [0x2764] = SmallTalkKind.Thanks,
        [0x1F339] = SmallTalkKind.Thanks,
        [0x1F490] = SmallTalkKind.Thanks,
        [0x1F91D] = SmallTalkKind.Thanks,
    }.ToFrozenDictionary();

    private static IEnumerable<SmallTalkPhrase> Phrases(SmallTalkKind kind, string list) =>
        list.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(phrase => new SmallTalkPhrase(kind, [.. phrase.Split(' ').Select(w => SpokenWord.Sound(w))]));
}
