namespace OptFm.Server.Storage;

/// <summary>What a statement's value is, also when it is null.</summary>
public enum ParamType
{
    Text,
    Number,
    Bytes,
}

/// <summary>A named value of a statement.</summary>
public readonly record struct Param(string Name, ParamType Type, object? Value)
{
    public static implicit operator Param((string Name, string? Value) pair) => new(pair.Name, ParamType.Text, pair.Value);

    public static implicit operator Param((string Name, long Value) pair) => new(pair.Name, ParamType.Number, pair.Value);

    public static implicit operator Param((string Name, long? Value) pair) => new(pair.Name, ParamType.Number, pair.Value);

    public static implicit operator Param((string Name, byte[]? Value) pair) => new(pair.Name, ParamType.Bytes, pair.Value);
}
