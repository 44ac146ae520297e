using Fused.Generator.Graph;

namespace Fused.Generator.Emit;

/// <summary>Writes how a model gets its weights and gives them away, and what the loader is told of its tensors.</summary>
internal static class CreationEmitter
{
    private const string Options = "global::Fused.WeightLoadOptions";

    private const string Misfit = "exception cref=\"global::Fused.FusedWeightsException\"";

    /// <summary>The members that users call.</summary>
    public static void Members(SourceWriter writer, string type)
    {
        Load(writer, type, "Reads the weights from a file, .safetensors or .npz by its content.", "string", "path", "The file.");
        Load(writer, type, "Reads the weights from a stream, from its position to its end.", "global::System.IO.Stream", "stream", "The stream; it stays open.");
        Load(writer, type, "Reads the weights from a file that is in memory.", "global::System.ReadOnlyMemory<byte>", "content", "The whole file.");

        writer.Documentation("summary", "Takes the weights from arrays, checked and named as those of a file; the values are copied.");
        writer.Documentation("param name=\"arrays\"", "The arrays.");
        writer.Documentation("param name=\"options\"", "How the arrays are made the model's tensors.");
        writer.Documentation(Misfit, "The arrays do not fit the model; all problems are listed.");
        writer.Line($"public static {type} FromWeights(");
        writer.Line("    global::System.Collections.Generic.IEnumerable<global::Fused.WeightArray> arrays,");
        writer.Line($"    {Options}? options = null) =>");
        writer.Line("    new(new Compiled(global::Fused.ModelWeights.FromArrays(arrays, Compiled.Tensors, options)));");
        writer.Line();
        writer.Documentation("summary", "A model with Keras's initial weights: Glorot-uniform kernels, zero biases.");
        writer.Documentation("param name=\"seed\"", "The same seed gives the same weights on every machine.");
        writer.Line($"public static {type} Create(int seed) => new(new Compiled(global::Fused.ModelWeights.Initialize(Compiled.Tensors, seed)));");
        writer.Line();
        writer.Documentation("summary", "What the weights were loaded from, and how; null for a model that was created without.");
        writer.Line("public global::Fused.LoadReport? LoadReport => _compiled.Weights.Report;");
        writer.Line();
        writer.Documentation("summary", "Writes the weights as .safetensors; the file is whole or not there at all.");
        writer.Documentation("param name=\"path\"", "The file.");
        writer.Line("public void Save(string path) => _compiled.Weights.Save(path);");
        writer.Line();
    }

    /// <summary>The tensors that the model has, in the order of the layers, with what helps to explain a file that does not fit.</summary>
    public static void Tensors(SourceWriter writer, NetworkGraph graph)
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

    private static void Load(SourceWriter writer, string type, string summary, string source, string name, string what)
    {
        writer.Documentation("summary", summary);
        writer.Documentation($"param name=\"{name}\"", what);
        writer.Documentation("param name=\"options\"", "How the file's tensors are made the model's.");
        writer.Documentation(Misfit, "The file's tensors do not fit the model; all problems are listed.");
        writer.Line($"public static {type} Load({source} {name}, {Options}? options = null) =>");
        writer.Line($"    new(new Compiled(global::Fused.ModelWeights.Load({name}, Compiled.Tensors, options)));");
        writer.Line();
    }

    private static string Remarks(NetworkGraph graph, int place, ParameterTensor tensor) => tensor.Role switch
    {
        TensorRole.Kernel when MapBefore(graph, place) is { } map => $" {{ Map = [{Integers([map.Height, map.Width, map.Channels])}] }}",
        TensorRole.MovingVariance when graph.Nodes[place].Layer is BatchNormalizationLayer { HasDefaultEpsilon: true } norm =>
            $" {{ UndeclaredEpsilon = {Literals.Double(norm.Epsilon)} }}",
        _ => "",
    };

    /// <summary>The map of several positions that a layer's input vector is made of, by one layer and others that change no shape.</summary>
    private static Shape? MapBefore(NetworkGraph graph, int place)
    {
        for (int i = place - 1; i >= 0 && graph.Nodes[i].Output.IsVector; i--)
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
