using System.Globalization;

namespace OptFm.Server.Setup.Checks;

/// <summary>Whether a domain is one, and leads here.</summary>
internal sealed class DomainCheck(Machine machine)
{
    /// <summary>The name as DNS has it: Cyrillic ones in ASCII; of a pasted address the host. Null where it is no name.</summary>
    public static string? Name(string answer)
    {
        var text = answer.Trim().TrimEnd('.', '/');
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") text = address.Host;
        try
        {
            var name = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(text).ToLowerInvariant();
            return name.Contains('.') && Uri.CheckHostName(name) == UriHostNameType.Dns ? name : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public async Task<Verdict> JudgeAsync(string answer, CancellationToken stop)
    {
        if (Name(answer) is not { } name)
            return Verdict.Refused("This is no domain; it looks like bot.example.ru", "Это не домен; он выглядит как bot.example.ru");

        var found = await machine.Resolve(name, stop);
        if (found.Count == 0)
        {
            return Verdict.Doubtful(
                $"DNS does not know {name} (or there is no internet). Make a record A with this machine's address at your registrar; it may take an hour to be seen. Until then neither messages nor a certificate can come.",
                $"DNS не знает {name} (или нет интернета). Создайте у регистратора запись A с адресом этой машины; её увидят в течение часа. До этого не придут ни сообщения, ни сертификат.");
        }

        var own = machine.OwnAddresses();
        if (found.Any(own.Contains)) return Verdict.Fine;
        var list = string.Join(", ", found);
        return Verdict.Doubtful(
            $"{name} leads to {list}, and this machine is {string.Join(", ", own)}. That is right only if a router or a proxy passes ports 80 and 443 on to this machine.",
            $"{name} указывает на {list}, а адреса этой машины: {string.Join(", ", own)}. Это верно, только если порты 80 и 443 сюда передаёт роутер или прокси.");
    }
}
