namespace Fused;

/// <summary>Reads a model's weights from a file of tensors.</summary>
internal static class WeightLoader
{
    /// <summary>Reads the tensors in the order of the specs.</summary>
    /// <exception cref="FusedWeightsException">Something does not fit; everything that does not is listed.</exception>
    public static float[][] Load(string path, IReadOnlyList<TensorSpec> specs)
    {
        using TensorFile file = TensorFile.Open(path);
        var match = new WeightMatch(file.Entries, specs);
        if (match.Problems.Count > 0)
            throw new FusedWeightsException(file.Label, match.Problems, specs);

        // Memory is taken only now, and only what the model has: all shapes fit.
        float[][] tensors = new float[specs.Count][];
        List<string> problems = [];
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i] = GC.AllocateUninitializedArray<float>(specs[i].Length);
            (TensorEntry entry, bool transpose) = match.Tensors[i]!;
            try
            {
                TensorReader.Read<float, SingleDecoder>(entry, transpose, tensors[i]);
            }
            catch (Exception exception) when (TensorFile.IsMalformed(exception))
            {
                problems.Add($"{Quoted.Name(entry.Info.Name)}: {exception.Message}");
            }
        }

        return problems.Count == 0 ? tensors : throw new FusedWeightsException(file.Label, problems, specs);
    }
}
