namespace OptFm.Server.Setup;

/// <summary>What shall be, once everything is answered.</summary>
internal sealed record Choices
{
    /// <summary>What the file of settings shall say.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Files that the service could not read where they are, and where they go.</summary>
    public required IReadOnlyList<FileCopy> Copies { get; init; }

    /// <summary>As DNS has it, in ASCII; empty: no public address, updates are fetched.</summary>
    public required string Domain { get; init; }

    public required bool WebPage { get; init; }

    public required bool Nginx { get; init; }

    /// <summary>Path of the certificate's file, or empty: certbot's.</summary>
    public required string CertificateFile { get; init; }

    public required string CertificateKey { get; init; }

    public required string CertbotEmail { get; init; }

    public required bool Firewall { get; init; }

    public required bool Fail2Ban { get; init; }

    public required bool Upgrades { get; init; }

    public bool ByCertbot => CertificateFile.Length == 0;

    public string FullChain => ByCertbot ? $"/etc/letsencrypt/live/{Domain}/fullchain.pem" : CertificateFile;

    public string PrivateKey => ByCertbot ? $"/etc/letsencrypt/live/{Domain}/privkey.pem" : CertificateKey;
}

internal sealed record FileCopy(string Source, string Target);
