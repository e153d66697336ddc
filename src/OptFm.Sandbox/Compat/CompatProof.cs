namespace OptFm.Sandbox.Compat;

/// <summary>How the guide's API proves that a delivery is its own. A bot must accept any one of them.</summary>
public enum CompatProof
{
    /// <summary><c>X-Telegram-Bot-Api-Secret-Token: secret</c>.</summary>
    TelegramHeader,

    /// <summary><c>X-Max-Bot-Api-Secret: secret</c>.</summary>
    MaxHeader,

    /// <summary><c>X-Max-Signature: hex HMAC-SHA256(secret, body)</c>.</summary>
    Signature,
}
