namespace OptFm.EndToEnd.Tests.Hostile;

/// <summary>Bodies that the endpoints accept: what mutations start from.</summary>
internal static class Samples
{
    public const string Compat =
        """{"message":{"message_id":17,"from":{"id":"test_user_1","first_name":"Пётр","username":"petr"},"chat":{"id":"test_user_1","type":"private"},"date":1760000000,"text":"Как оплатить заказ?"}}""";

    public const string CompatCallback =
        """{"update_id":81,"callback_query":{"id":"press-1","from":{"id":44,"first_name":"Пётр"},"message":{"message_id":5,"chat":{"id":44,"type":"private"}},"data":"faq:7"}}""";

    public const string Telegram =
        """{"update_id":900100,"message":{"message_id":3,"from":{"id":5012,"is_bot":false,"first_name":"Анна","language_code":"ru"},"chat":{"id":5012,"type":"private","first_name":"Анна"},"date":1760000001,"text":"/faq","entities":[{"offset":0,"length":4,"type":"bot_command"}]}}""";

    public const string TelegramMember =
        """{"update_id":900101,"my_chat_member":{"chat":{"id":5013,"type":"private"},"from":{"id":5013,"is_bot":false,"first_name":"Олег"},"date":1760000002,"old_chat_member":{"status":"member"},"new_chat_member":{"status":"kicked"}}}""";

    public const string Test = """{"text":"Какая гарантия на товар?","user_name":"Тест","user_id":"test_user_1","chat_id":77}""";

    public const string Setup = """{"webhook_url":"https://bot.example/webhook/max/","secret_token":"hostile-max-secret"}""";

    public const string Chat = """{"id":"m-1","text":"Где ваш склад?"}""";
}
