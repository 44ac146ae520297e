namespace Fused;

/// <summary>How files spell the names of weights.</summary>
internal static class TensorNames
{
    private const string VariableSuffix = ":0";

    /// <summary>PyTorch's count of training steps: no weight, and of no use to inference.</summary>
    private const string IgnoredName = "num_batches_tracked";

    /// <summary>One form for what TensorFlow and Keras write in several: <c>dense/kernel:0</c> becomes <c>dense.kernel</c>.</summary>
    public static string Normalize(string name) =>
        (name.EndsWith(VariableSuffix, StringComparison.Ordinal) ? name[..^VariableSuffix.Length] : name).Replace('/', '.');

    /// <summary>Whether a tensor that no model has is nothing to complain about.</summary>
    public static bool IsIgnored(string normalizedName) =>
        normalizedName == IgnoredName || normalizedName.EndsWith("." + IgnoredName, StringComparison.Ordinal);

    /// <summary>The normalised names under which a tensor is looked for: Keras's, and PyTorch's where that is another.</summary>
    public static IEnumerable<string> Spellings(TensorSpec spec)
    {
        string keras = Normalize(spec.Name);
        yield return keras;
        string pyTorch = PyTorch(spec);
        if (pyTorch != keras)
            yield return pyTorch;
    }

    /// <summary>
    /// Whether the name is PyTorch's for a kernel, whose shape is (out, in). (The weight of a batch normalisation has one axis, and
    /// a Dense kernel is the only one with two.)
    /// </summary>
    public static bool IsTransposed(TensorSpec spec, string normalizedName) =>
        spec.Role == TensorRole.Kernel && normalizedName == PyTorch(spec);

    private static string PyTorch(TensorSpec spec) => TensorSpec.Join(Normalize(spec.Layer), spec.Role switch
    {
        TensorRole.Kernel or TensorRole.Gamma => "weight",
        TensorRole.Bias or TensorRole.Beta => "bias",
        TensorRole.MovingMean => "running_mean",
        _ => "running_var",
    });
}
