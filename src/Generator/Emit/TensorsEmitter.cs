using Fused.Generator.Graph;

namespace Fused.Generator.Emit;

/// <summary>Writes what the loader is told of a model's tensors.</summary>
internal static class TensorsEmitter
{
    /// <summary>The tensors that the model has, in the order of the layers, with what helps to explain a file that does not fit.</summary>
    public static void Write(SourceWriter writer, NetworkGraph graph)
    {
        writer.Line("/// <summary>The tensors of a weight file, in the order of the layers.</summary>");
        writer.Line("public static readonly global::Fused.TensorSpec[] Tensors =");
        writer.Line("[");
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            Node node = graph.Nodes[i];
            foreach (ParameterTensor tensor in node.Parameters)
            {
                writer.Line($"    new({Literals.Text(node.Name)}, global::Fused.TensorRole.{tensor.Role}, [{Integers(tensor.Shape)}]){Remarks(graph, i, tensor)},");
            }
        }

        writer.Line("];");
    }

    private static string Remarks(NetworkGraph graph, int place, ParameterTensor tensor) => tensor.Role switch
    {
        TensorRole.Kernel when MapBefore(graph, place) is { } map => $" {{ Map = [{Integers([map.Height, map.Width, map.Channels])}] }}",
        TensorRole.Kernel when graph.Nodes[place].Layer is Conv2DTransposeLayer => " { Transposed = true }",
        TensorRole.Kernel when graph.Nodes[place].Layer is Conv2DLayer { Groups: > 1 } grouped => $" {{ Groups = {Literals.Int(grouped.Groups)} }}",
        TensorRole.Gamma or TensorRole.Beta when graph.Nodes[place].Layer is LayerNormalizationLayer { HasDefaultEpsilon: true } rows
            && tensor == graph.Nodes[place].Parameters[0] => $" {{ UndeclaredEpsilon = {Literals.Double(rows.Epsilon)} }}",
        TensorRole.MovingVariance when graph.Nodes[place].Layer is BatchNormalizationLayer { HasDefaultEpsilon: true } norm =>
            $" {{ UndeclaredEpsilon = {Literals.Double(norm.Epsilon)} }}",
        _ => "",
    };

    /// <summary>The map of several positions that a layer's input vector is made of, by one layer and others that change no shape.</summary>
    private static Shape? MapBefore(NetworkGraph graph, int place)
    {
        for (int i = graph.Nodes[place].Sources[0]; i >= 0 && graph.Nodes[i].Output.IsVector; i = graph.Nodes[i].Sources[0])
        {
            Shape input = graph.Nodes[i].Input;
            if (!input.IsVector)
                return input.Positions > 1 ? input : null;
            if (graph.Nodes[i].Layer.Pattern == FusionPattern.Contraction)
                return null;
        }

        return null;
    }

    private static string Integers(IEnumerable<int> values) => string.Join(", ", values.Select(value => Literals.Int(value)));
}
