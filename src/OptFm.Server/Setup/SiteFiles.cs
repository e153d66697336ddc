namespace OptFm.Server.Setup;

/// <summary>Where nginx's site, the page's snippet and the template of both are.</summary>
internal sealed record SiteFiles(Machine Machine)
{
    public const string WebRoot = "/var/www/html";

    private const string Available = "/etc/nginx/sites-available";

    /// <summary>Debian's folders; nginx's own packages have conf.d alone.</summary>
    private bool IsDebian => Directory.Exists(Machine.PathOf(Available));

    public string Site => Machine.PathOf(IsDebian ? $"{Available}/optfm" : "/etc/nginx/conf.d/optfm.conf");

    /// <summary>What turns the site on; null where the file alone does.</summary>
    public string? Link => IsDebian ? Machine.PathOf("/etc/nginx/sites-enabled/optfm") : null;

    public string Snippet => Machine.PathOf("/etc/nginx/snippets/optfm-page.conf");

    public string SiteTemplate => Machine.PathOf("/usr/share/optfm/nginx/optfm.conf");

    public string SnippetTemplate => Machine.PathOf("/usr/share/optfm/nginx/optfm-page.conf");

    public string Text => File.Exists(Site) ? File.ReadAllText(Site) : "";
}
