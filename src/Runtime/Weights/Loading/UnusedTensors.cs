using System.Globalization;

namespace Fused;

/// <summary>Says what of a file is not in the model, and what that may mean.</summary>
internal sealed class UnusedTensors(FileView view, IReadOnlyList<MatchedTensor> tensors, GivenNames names)
{
    // Enough to see what they are; a file may have a hundred thousand.
    private const int MaxLines = 5;

    /// <summary>What to say where the model's own tensors are all there and fit; nothing where they are all that the file has.</summary>
    public List<string> Beside()
    {
        int count = view.CountUnexpected();
        if (count == 0)
            return [];
        string lead = string.Create(
            CultureInfo.InvariantCulture,
            $"{AllFit(tensors.Count)}, but the file has {count:N0} more: new WeightLoadOptions {{ AllowUnused = true }} passes over them");
        return [lead, .. Listed()];
    }

    /// <summary>The beginning of a sentence that says so.</summary>
    public static string AllFit(int count) => count == 1
        ? "the model's one tensor is there and fits"
        : string.Create(CultureInfo.InvariantCulture, $"all {count:N0} tensors of the model are there and fit");

    /// <summary>The first of them, a sentence each, and how many more there are.</summary>
    public List<string> Listed()
    {
        List<FileTensor> unused = [.. view.Unexpected];
        HashSet<string> normalizations = Normalizations(unused);
        ILookup<string, TensorSpec> layers = tensors.Select(tensor => tensor.Spec).ToLookup(names.Layer, StringComparer.Ordinal);
        var lines = new List<string>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        int rest = unused.Count;
        foreach (FileTensor tensor in unused)
        {
            string layer = TensorNames.Layer(tensor.Name);
            bool isTold = told.Contains(layer);
            if (!isTold && lines.Count == MaxLines)
                continue;
            rest--;
            if (isTold)
                continue;
            if (normalizations.Contains(layer))
            {
                told.Add(layer);
                lines.Add($"{tensor.Quoted} and what else {Quoted.Name(layer)} has are a batch normalization's, which the model has not: [BatchNormalization] declares one");
            }
            else
            {
                string why = LayerAdvice.OfUnused(layers[layer], TensorNames.Word(tensor.Name));
                lines.Add($"{tensor.Quoted} {Quoted.Text(tensor.Info.DType)} {TensorShape.Format(tensor.Info.Shape)} is not in the model{why}");
            }
        }

        if (rest > 0)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{rest:N0} more tensors are not in the model"));
        return lines;
    }

    /// <summary>The layers of the file that have a moving average.</summary>
    private static HashSet<string> Normalizations(List<FileTensor> unused)
    {
        var layers = new HashSet<string>(StringComparer.Ordinal);
        foreach (FileTensor tensor in unused)
        {
            if (TensorNames.IsWord(TensorRole.MovingMean, TensorNames.Word(tensor.Name)))
                layers.Add(TensorNames.Layer(tensor.Name));
        }

        return layers;
    }
}
