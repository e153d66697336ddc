namespace OptFm.Search.Faq.Training;

/// <summary>What training found without a part of the evidence.</summary>
/// <param name="Without">The part.</param>
/// <param name="Weights">As <c>Faq/model.txt</c> holds them.</param>
/// <param name="Sparse">Held out, entries without phrasings.</param>
/// <param name="Dense">Held out, entries with phrasings.</param>
/// <param name="ForeignSparse">Held out, entries on foreign topics without phrasings.</param>
/// <param name="ForeignDense">Held out, entries on foreign topics with phrasings.</param>
public sealed record AblatedTraining(string Without, string Weights, HeldOutFigures Sparse, HeldOutFigures Dense, HeldOutFigures ForeignSparse, HeldOutFigures ForeignDense);
