namespace OptFm.Sandbox.Customers;

/// <summary>A person who writes to the bot.</summary>
public sealed record Customer
{
    public static readonly Customer Anna = new();

    public string FirstName { get; init; } = "Анна";

    /// <summary>Often absent, whatever the schemas say.</summary>
    public string? LastName { get; init; }

    public string? Username { get; init; }

    public string? Language { get; init; } = "ru";

    /// <summary>Null: derived from the chat.</summary>
    public string? UserId { get; init; }
}
