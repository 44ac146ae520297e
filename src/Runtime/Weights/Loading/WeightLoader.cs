using System.Collections.ObjectModel;

namespace Fused;

/// <summary>
/// Reads a model's weights. Every model's first prediction waits for what a file that fits takes: see <see cref="SafetensorsDirectory"/>
/// for what that forbids.
/// </summary>
internal static class WeightLoader
{
    /// <summary>Reads the tensors of a file, in the order of the specs, and closes it.</summary>
    /// <exception cref="FusedWeightsException">Something does not fit; everything that does not is listed.</exception>
    public static ModelWeights Load(TensorFile file, IReadOnlyList<TensorSpec> specs, WeightLoadOptions? options)
    {
        using (file)
        {
            return Load(new WeightSource(file.Label, file.Entries, file.Metadata), specs, options);
        }
    }

    /// <summary>Copies arrays, in the order of the specs.</summary>
    /// <exception cref="FusedWeightsException">Something does not fit; everything that does not is listed.</exception>
    public static ModelWeights Load(IEnumerable<WeightArray> arrays, IReadOnlyList<TensorSpec> specs, WeightLoadOptions? options)
    {
        var type = new StoredType(ElementKind.Float32, sizeof(float), BigEndian: !BitConverter.IsLittleEndian);
        List<TensorEntry> entries = [.. arrays.Select(array => new TensorEntry(
            new TensorInfo(array.Name, "F32", array.Shape), type, ColumnMajor: false, () => new FloatStream(array.Values)))];
        return Load(new WeightSource(FileLabel.Arrays, entries, ReadOnlyDictionary<string, string>.Empty), specs, options);
    }

    private static ModelWeights Load(WeightSource source, IReadOnlyList<TensorSpec> specs, WeightLoadOptions? options)
    {
        var match = new WeightMatch(source, specs, options ?? WeightLoadOptions.None);
        if (match.Problems.Count > 0)
            throw new FusedWeightsException(source.Label, match.Problems, match.ListsTensors ? specs : []);

        // Memory is taken only now, and only what the model has: all shapes fit.
        float[][] tensors = new float[specs.Count][];
        var loaded = new LoadedTensor[tensors.Length];
        List<string> problems = [];
        for (int i = 0; i < tensors.Length; i++)
        {
            MatchedTensor tensor = match.Tensors[i];
            TensorEntry entry = tensor.File!.Entry;
            tensors[i] = GC.AllocateUninitializedArray<float>(specs[i].Length);
            loaded[i] = new LoadedTensor(specs[i], entry.Info, tensor.Order, tensor.Reason);
            try
            {
                Read(tensor, tensors[i]);
            }
            catch (Exception exception) when (TensorFile.IsMalformed(exception))
            {
                problems.Add($"{tensor.File.Quoted}: {exception.Message}");
            }
        }

        return problems.Count == 0
            ? new ModelWeights(specs, tensors) { Report = new LoadReport(source.Label, loaded, match.Unused) }
            : throw new FusedWeightsException(source.Label, problems, specs);
    }

    private static void Read(MatchedTensor tensor, Span<float> destination)
    {
        TensorEntry entry = tensor.File!.Entry;
        if (ShapeFit.IsShared(tensor.Spec, entry.Info.Shape))
        {
            TensorReader.Read<float, SingleDecoder>(entry, null, destination[..1]);
            destination.Fill(destination[0]);
            return;
        }

        // In the model's own order and C's the values come as they are to lie.
        AxisPermutation? permutation = entry.ColumnMajor || tensor.Order > KernelOrder.InputsFirst
            ? KernelLayout.Choose(tensor.Spec, tensor.Order, entry.Info.Shape).Permutation(entry.ColumnMajor)
            : null;
        TensorReader.Read<float, SingleDecoder>(entry, permutation, destination);
    }
}
