using static Fused.Testing.Networks.Real.Declaration;

namespace Fused.Testing.Networks.Real;

/// <summary>
/// Keras's <c>MobileNet</c> with alpha 1 (Howard et al. 2017, https://arxiv.org/abs/1704.04861): a convolution, then 13 depthwise ones, each
/// with a pointwise one behind it, all with batch normalisation and relu6.
/// </summary>
internal static class MobileNetV1
{
    /// <summary>Filters and strides of the depthwise separable blocks.</summary>
    private static readonly (int Filters, int Strides)[] Blocks =
    [
        (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1),
    ];

    public static RealNetwork Of(int size)
    {
        Declaration layers = new Declaration().Add("Conv2D(32, 3, Strides = 2, Padding = Padding.Same, UseBias = false, Name = \"conv1\")");
        Normalise(layers, "conv1");
        foreach (((int filters, int strides), int i) in Blocks.Select((block, i) => (block, i + 1)))
        {
            if (strides == 2)
                layers.Add($"ZeroPadding2D(0, 1, 0, 1{Placed($"conv_pad_{i}")})");
            layers.Add($"DepthwiseConv2D(3, Strides = {strides}, Padding = Padding.{(strides == 2 ? "Valid" : "Same")}, UseBias = false{Placed($"conv_dw_{i}")})");
            Normalise(layers, $"conv_dw_{i}");
            layers.Add($"Conv2D({filters}, 1, Padding = Padding.Same, UseBias = false{Placed($"conv_pw_{i}")})");
            Normalise(layers, $"conv_pw_{i}");
        }

        return layers
            .Add("GlobalAveragePooling2D")
            .Add("Reshape(1, 1, 1024)")
            .Add("Dropout(0.001)")
            .Add("Conv2D(1000, 1, Padding = Padding.Same, Name = \"conv_preds\")")
            .Add("Reshape(1000)")
            .Add("Activation(Activation.Softmax)")
            .On("MobileNetV1", size);
    }

    private static void Normalise(Declaration layers, string name) =>
        layers.Add($"BatchNormalization(Name = \"{name}_bn\")").Add($"Activation(Activation.Relu6, Name = \"{name}_relu\")");
}
