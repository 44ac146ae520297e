namespace Fused.Generator.Emit;

/// <summary>Writes how users get a model's weights into it and out of it.</summary>
/// <param name="members">Where to.</param>
/// <param name="self">The class, as code refers to it.</param>
internal sealed class CreationSurface(MemberWriter members, string self)
{
    private const string Options = "global::Fused.WeightLoadOptions? options = null";
    private const string Misfit = "exception cref=\"global::Fused.FusedWeightsException\"";

    public void Write()
    {
        Load("Reads the weights from a file, .safetensors or .npz by its content.", "string", "path", "The file.");
        Load("Reads the weights from a stream, from its position to its end.", "global::System.IO.Stream", "stream", "The stream; it stays open.");
        Load("Reads the weights from a file that is in memory.", "global::System.ReadOnlyMemory<byte>", "content", "The whole file.");

        members.Documentation("summary", "Takes the weights from arrays, checked and named as those of a file; the values are copied.");
        members.Documentation("param name=\"arrays\"", "The arrays.");
        members.Documentation("param name=\"options\"", "How the arrays are made the model's tensors.");
        members.Documentation(Misfit, "The arrays do not fit the model; all problems are listed.");
        members.Expression(
            $"public static {self} FromWeights(global::System.Collections.Generic.IEnumerable<global::Fused.WeightArray> arrays, {Options})",
            "new(new Compiled(global::Fused.ModelWeights.FromArrays(arrays, Compiled.Tensors, options)))");

        members.Documentation("summary", "A model with Keras's initial weights: Glorot-uniform kernels, zero biases.");
        members.Documentation("param name=\"seed\"", "The same seed gives the same weights on every machine.");
        members.Expression($"public static {self} Create(int seed)", "new(new Compiled(global::Fused.ModelWeights.Initialize(Compiled.Tensors, seed)))");

        members.Documentation("summary", "What the weights were loaded from, and how; null for a model that was created without.");
        members.Expression("public global::Fused.LoadReport? LoadReport", "_compiled.Weights.Report");

        members.Documentation("summary", "Writes the weights as .safetensors; the file is whole or not there at all.");
        members.Documentation("param name=\"path\"", "The file.");
        members.Expression("public void Save(string path)", "_compiled.Weights.Save(path)");
    }

    private void Load(string summary, string source, string name, string what)
    {
        members.Documentation("summary", summary);
        members.Documentation($"param name=\"{name}\"", what);
        members.Documentation("param name=\"options\"", "How the file's tensors are made the model's.");
        members.Documentation(Misfit, "The file's tensors do not fit the model; all problems are listed.");
        members.Expression(
            $"public static {self} Load({source} {name}, {Options})",
            $"new(new Compiled(global::Fused.ModelWeights.Load({name}, Compiled.Tensors, options)))");
    }
}
