namespace Fused;

/// <summary>
/// Puts tensors in the order in which a model would list them, by the numbers in their names: <c>arr_10</c> after <c>arr_2</c>, and
/// <c>W1</c>, <c>b1</c> before <c>W2</c>, <c>b2</c>. The variables of Keras 3 (<c>layers/dense_1/vars/0</c>) are numbered by kind of layer,
/// in Keras's order whatever the layers are called; source: <c>_save_container_state</c> in keras/src/saving/saving_lib.py.
/// </summary>
internal static class PositionOrder
{
    private const string Variables = "vars";

    /// <summary>The tensors in order.</summary>
    public static List<FileTensor> Sort(List<FileTensor> tensors, IReadOnlyList<TensorSpec> specs)
    {
        List<FileTensor> inOrder = [.. tensors.Select(tensor => new PositionKey(tensor)).Order().Select(key => key.Tensor)];
        return ByKind(inOrder, specs) ?? inOrder;
    }

    /// <summary>Whether the name is one that NumPy or Keras numbers, so that the tensor has Keras's order.</summary>
    public static bool IsKeras(string normalizedName)
    {
        ReadOnlySpan<char> word = TensorNames.Word(normalizedName);
        return word.StartsWith("arr_") ? IsNumber(word[4..]) : IsVariable(normalizedName, word);
    }

    /// <summary>The variables of Keras 3 in the model's order, where all are such, of kinds that the model has.</summary>
    private static List<FileTensor>? ByKind(List<FileTensor> inOrder, IReadOnlyList<TensorSpec> specs)
    {
        var groups = new Dictionary<string, List<FileTensor>>(StringComparer.Ordinal);
        foreach (FileTensor tensor in inOrder)
        {
            if (!IsVariable(tensor.Name, TensorNames.Word(tensor.Name)))
                return null;
            string layer = TensorNames.Word(TensorNames.Layer(TensorNames.Layer(tensor.Name))).ToString();
            if (!groups.TryGetValue(layer, out List<FileTensor>? group))
                groups.Add(layer, group = []);
            group.Add(tensor);
        }

        var found = new List<FileTensor>(inOrder.Count);
        var count = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (IGrouping<string, TensorSpec> layer in specs.GroupBy(spec => spec.Layer, StringComparer.Ordinal))
        {
            string kind = Kind([.. layer]);
            int ordinal = count.GetValueOrDefault(kind);
            count[kind] = ordinal + 1;
            if (!groups.Remove(ordinal == 0 ? kind : $"{kind}_{ordinal}", out List<FileTensor>? group))
                return null;
            found.AddRange(group);
        }

        return groups.Count == 0 ? found : null;
    }

    /// <summary>What Keras's <c>to_snake_case</c> makes of the class of a layer that has these tensors.</summary>
    private static string Kind(TensorSpec[] layer)
    {
        bool Has(TensorRole role) => Array.Exists(layer, spec => spec.Role == role);
        if (Has(TensorRole.DepthwiseKernel))
            return Has(TensorRole.PointwiseKernel) ? "separable_conv2d" : "depthwise_conv2d";
        if (Array.Find(layer, spec => spec.Role == TensorRole.Kernel) is TensorSpec kernel)
            return kernel.Transposed ? "conv2d_transpose" : kernel.Shape.Length == 4 ? "conv2d" : "dense";
        return Has(TensorRole.Alpha) ? "p_re_lu" : Has(TensorRole.MovingMean) ? "batch_normalization" : "layer_normalization";
    }

    private static bool IsVariable(string name, ReadOnlySpan<char> word) =>
        IsNumber(word) && TensorNames.Word(TensorNames.Layer(name)).SequenceEqual(Variables);

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
