namespace Fused;

/// <summary>
/// How files spell the names of weights: a layer, a '.' or a '/', and a word for the tensor. Sources: Keras's
/// <c>Layer.add_weight</c>; PyTorch's <c>_BatchNorm</c> (its <c>weight</c> and <c>bias</c>, <c>running_mean</c>, <c>running_var</c> are
/// tinygrad's, MLX's and candle's too, the latter two Burn's); Flax's <c>nn.BatchNorm</c>; Paddle's <c>_BatchNormBase</c>. A depthwise
/// kernel is <c>depthwise_kernel</c> with Keras 2 and <c>kernel</c> with Keras 3 (<c>BaseDepthwiseConv.build</c>); the slopes of a PReLU
/// are <c>alpha</c> with Keras and Burn, <c>weight</c> with PyTorch and MLX, <c>negative_slope</c> with Flax and <c>_weight</c> with Paddle.
/// </summary>
internal static class TensorNames
{
    /// <summary>Keras's, Flax's and our own word for a kernel, which has its inputs before its outputs.</summary>
    public const string Kernel = "kernel";

    /// <summary>PyTorch's word for a kernel, which has its outputs first there, but not with all who took the word over.</summary>
    public const string Weight = "weight";

    /// <summary>Keras's word for the first kernel of a separable convolution, Keras 2's for that of a depthwise one.</summary>
    public const string DepthwiseKernel = "depthwise_kernel";

    /// <summary>Keras's word for the second kernel of a separable convolution.</summary>
    public const string PointwiseKernel = "pointwise_kernel";

    private const string VariableSuffix = ":0";

    /// <summary>PyTorch's count of training steps: no weight, and of no use to inference.</summary>
    private const string IgnoredWord = "num_batches_tracked";

    private static readonly string[] KernelWords = [Kernel, Weight];
    private static readonly string[] DepthwiseWords = [DepthwiseKernel, Kernel, Weight];
    private static readonly string[] PointwiseWords = [PointwiseKernel];
    private static readonly string[] AlphaWords = ["alpha", Weight, "negative_slope", "_weight"];
    private static readonly string[] BiasWords = ["bias"];
    private static readonly string[] GammaWords = ["gamma", Weight, "scale"];
    private static readonly string[] BetaWords = ["beta", "bias"];
    private static readonly string[] MeanWords = ["moving_mean", "running_mean", "_mean", "mean"];
    private static readonly string[] VarianceWords = ["moving_variance", "running_var", "_variance", "var"];

    /// <summary>One form for what TensorFlow and Keras write in several: <c>dense/kernel:0</c> becomes <c>dense.kernel</c>.</summary>
    public static string Normalize(string name) =>
        NormalizeLayer(name.EndsWith(VariableSuffix, StringComparison.Ordinal) ? name[..^VariableSuffix.Length] : name);

    /// <summary>The same of a model's names and of layers', in which <c>:0</c> is part of the name.</summary>
    public static string NormalizeLayer(string name) => name.Replace('/', '.');

    /// <summary>Whether a tensor that no model has is nothing to complain about.</summary>
    public static bool IsIgnored(string normalizedName) => Word(normalizedName).SequenceEqual(IgnoredWord);

    /// <summary>The words for a tensor of this role, our own first.</summary>
    public static string[] Words(TensorRole role) => role switch
    {
        TensorRole.Kernel => KernelWords,
        TensorRole.Bias => BiasWords,
        TensorRole.Gamma => GammaWords,
        TensorRole.Beta => BetaWords,
        TensorRole.MovingMean => MeanWords,
        TensorRole.DepthwiseKernel => DepthwiseWords,
        TensorRole.PointwiseKernel => PointwiseWords,
        TensorRole.Alpha => AlphaWords,
        _ => VarianceWords,
    };

    /// <summary>What follows a normalised name's last point: the tensor's word.</summary>
    public static ReadOnlySpan<char> Word(string normalizedName) => normalizedName.AsSpan(normalizedName.LastIndexOf('.') + 1);

    /// <summary>What stands before a normalised name's last point: the layer; empty where there is none.</summary>
    public static string Layer(string normalizedName) =>
        normalizedName.LastIndexOf('.') is int point and > 0 ? normalizedName[..point] : "";

    /// <summary>Whether the word is one for a tensor of this role.</summary>
    public static bool IsWord(TensorRole role, ReadOnlySpan<char> word)
    {
        foreach (string known in Words(role))
        {
            if (word.SequenceEqual(known))
                return true;
        }

        return false;
    }

    /// <summary>The normalised names under which a tensor is looked for, if its layer has this name.</summary>
    public static IEnumerable<string> Spellings(TensorRole role, string normalizedLayer) =>
        Words(role).Select(word => TensorSpec.Join(normalizedLayer, word));
}
