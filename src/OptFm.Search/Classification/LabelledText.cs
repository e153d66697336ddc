namespace OptFm.Search.Classification;

/// <summary>A text and what it is an example of.</summary>
public sealed record LabelledText(string Label, string Text);
