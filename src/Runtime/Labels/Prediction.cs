namespace Fused;

/// <summary>One of a sample's outputs, with its name.</summary>
/// <param name="Index">Which output it is.</param>
/// <param name="Label">Its name.</param>
/// <param name="Score">Its value: a probability where the last layer is a softmax.</param>
public readonly record struct Prediction(int Index, string Label, float Score)
{
    /// <summary>Takes the name and the value, for <c>foreach (var (label, score) in ...)</c>.</summary>
    /// <param name="label">The output's name.</param>
    /// <param name="score">Its value.</param>
    public void Deconstruct(out string label, out float score) => (label, score) = (Label, Score);
}
