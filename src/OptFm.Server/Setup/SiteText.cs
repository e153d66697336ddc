using System.Globalization;
using System.Net;

namespace OptFm.Server.Setup;

/// <summary>nginx's site, made of the packaged template.</summary>
internal static class SiteText
{
    private const string TemplateName = "bot.example.ru";
    private const string TemplateFolder = "/etc/letsencrypt/live/bot.example.ru";

    private const string Heading = """
        # Written by `optfm setup`, and written anew when it runs again: the version before is kept beside it.
        # Записан командой `optfm setup`; при новом запуске будет записан заново, а прежний сохранится рядом.

        """;

    /// <param name="template">The packaged site.</param>
    public static string Full(string template, Choices choices, IPEndPoint server, bool ipv6)
    {
        var lines = template.Split('\n').SkipWhile(line => line.StartsWith('#'));
        if (!ipv6) lines = lines.Where(line => !line.Contains("listen [::]", StringComparison.Ordinal));
        var text = string.Join('\n', lines)
            .Replace($"{TemplateFolder}/fullchain.pem", choices.FullChain)
            .Replace($"{TemplateFolder}/privkey.pem", choices.PrivateKey)
            .Replace(TemplateName, choices.Domain)
            .Replace("server 127.0.0.1:8000;", string.Create(CultureInfo.InvariantCulture, $"server {server};"));
        if (choices.WebPage) text = text.Replace("#include snippets/optfm-page.conf;", "include snippets/optfm-page.conf;");
        return Heading + text;
    }

    /// <summary>Whether the site lets certbot prove the name already.</summary>
    public static bool AnswersCertbot(string site, string domain) =>
        site.Contains($"server_name {domain};", StringComparison.Ordinal) && site.Contains("location /.well-known/acme-challenge/", StringComparison.Ordinal);

    /// <summary>Whether it is the site that only waits for a certificate: nothing that anybody would miss.</summary>
    public static bool IsPlainOnly(string site) => site.StartsWith(Heading, StringComparison.Ordinal) && !site.Contains("ssl_certificate ", StringComparison.Ordinal);

    /// <summary>The site while there is no certificate: certbot's proof, and nothing else.</summary>
    public static string PlainOnly(string domain, bool ipv6) => Heading + $$"""
        server {
            listen 80;
        {{(ipv6 ? "    listen [::]:80;\n" : "")}}    server_name {{domain}};
            server_tokens off;
            location /.well-known/acme-challenge/ { root {{SiteFiles.WebRoot}}; }
            location / { return 404; }
        }

        """;
}
