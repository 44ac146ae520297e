namespace Fused;

/// <summary>
/// The layers whose outputs are the model's, by their names, where it has several: two heads, or features beside what is made of them. As in
/// Keras's <c>Model(inputs, outputs=[...])</c>; without it the output is that of the last layer. Other layers may read them too. Not a layer:
/// where it stands does not matter, but it reads best behind them.
/// </summary>
/// <remarks>
/// What <c>Predict</c> gives of a sample is a row with one output after the other, in this order, a map in its declared layout. The generator adds <c>Outputs</c>,
/// which says where each begins and takes rows apart, and a <c>Predict</c> with a span for each output.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OutputAttribute : Attribute
{
    /// <summary>One output, which must be that of the last layer.</summary>
    /// <param name="layers">The layer's name.</param>
    public OutputAttribute(string layers) => Layers = [layers];

    /// <summary>The outputs, in their order.</summary>
    /// <param name="layers">The layers' names, each once. A block's use stands for its last layer.</param>
    public OutputAttribute(params string[] layers) => Layers = layers;

    /// <summary>The names of the layers, as given.</summary>
    public IReadOnlyList<string> Layers { get; }
}
