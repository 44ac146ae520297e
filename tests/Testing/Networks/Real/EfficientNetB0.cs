using static Fused.Testing.Networks.Real.Declaration;

namespace Fused.Testing.Networks.Real;

/// <summary>
/// Keras's <c>EfficientNetB0</c> (Tan and Le 2019, https://arxiv.org/abs/1905.11946): inverted bottlenecks with squeeze and excitation, swish.
/// It takes pixels from 0 to 255.
/// </summary>
internal static class EfficientNetB0
{
    /// <summary>Kernel, repeats, filters, expansion and strides of each stage.</summary>
    private static readonly (int Kernel, int Repeats, int Filters, int Expansion, int Strides)[] Stages =
    [
        (3, 1, 16, 1, 1), (3, 2, 24, 6, 2), (5, 2, 40, 6, 2), (3, 3, 80, 6, 2), (5, 3, 112, 6, 1), (5, 4, 192, 6, 2), (3, 1, 320, 6, 1),
    ];

    /// <summary>Channels of a block's input for one between squeeze and excitation.</summary>
    private const int Squeeze = 4;

    public static RealNetwork Of(int inputSize)
    {
        int size = inputSize;
        Declaration layers = new Declaration()
            .Add("Rescaling(1 / 255.0)")
            .Add("Normalization(new[] { 0.485, 0.456, 0.406 }, new[] { 0.052441, 0.050176, 0.050625 })")
            .Add($"ZeroPadding2D({Padding(size, 3)}, Name = \"stem_conv_pad\")")
            .Add("Conv2D(32, 3, Strides = 2, UseBias = false, Name = \"stem_conv\")");
        Normalise(layers, "stem");
        size = (size + 1) / 2;
        (string before, int filters) = ("stem_activation", 32);
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            var (kernel, repeats, output, expansion, strides) = Stages[stage];
            for (int i = 0; i < repeats; i++)
            {
                int step = i == 0 ? strides : 1;
                before = Block(layers, $"block{stage + 1}{(char)('a' + i)}_", before, size, kernel, filters, output, expansion, step);
                (filters, size) = (output, (size + step - 1) / step);
            }
        }

        layers.Add("Conv2D(1280, 1, Padding = Padding.Same, UseBias = false, Name = \"top_conv\")");
        Normalise(layers, "top");
        layers
            .Add("GlobalAveragePooling2D(Name = \"avg_pool\")")
            .Add("Dropout(0.2)")
            .Add("Dense(1000, Activation = Activation.Softmax, Name = \"predictions\")");
        return layers.On("EfficientNetB0", inputSize) with { InputRange = (0, 255) };
    }

    private static string Block(
        Declaration layers, string name, string before, int size, int kernel, int filters, int output, int expansion, int strides)
    {
        int wide = filters * expansion;
        if (expansion != 1)
        {
            layers.Add($"Conv2D({wide}, 1, Padding = Padding.Same, UseBias = false{Placed($"{name}expand_conv")})");
            Normalise(layers, $"{name}expand");
        }

        if (strides == 2)
            layers.Add($"ZeroPadding2D({Padding(size, kernel)}{Placed($"{name}dwconv_pad")})");
        layers.Add($"DepthwiseConv2D({kernel}, Strides = {strides}, Padding = Padding.{(strides == 2 ? "Valid" : "Same")}, UseBias = false{Placed($"{name}dwconv")})");
        layers.Add($"BatchNormalization(Name = \"{name}bn\")").Add($"Activation(Activation.Swish, Name = \"{name}activation\")");
        layers
            .Add($"GlobalAveragePooling2D(Name = \"{name}se_squeeze\")")
            .Add($"Reshape(1, 1, {wide}{Placed($"{name}se_reshape")})")
            .Add($"Conv2D({Math.Max(1, filters / Squeeze)}, 1, Padding = Padding.Same, Activation = Activation.Swish{Placed($"{name}se_reduce")})")
            .Add($"Conv2D({wide}, 1, Padding = Padding.Same, Activation = Activation.Sigmoid{Placed($"{name}se_expand")})")
            .Add($"Multiply(\"{name}activation\", \"{name}se_expand\"{Placed($"{name}se_excite")})")
            .Add($"Conv2D({output}, 1, Padding = Padding.Same, UseBias = false{Placed($"{name}project_conv")})")
            .Add($"BatchNormalization(Name = \"{name}project_bn\")");
        if (strides != 1 || filters != output)
            return $"{name}project_bn";

        layers.Add($"Dropout(0.2{Placed($"{name}drop")})").Add($"Add(\"{before}\"{Placed($"{name}add")})");
        return $"{name}add";
    }

    private static void Normalise(Declaration layers, string name) =>
        layers.Add($"BatchNormalization(Name = \"{name}_bn\")").Add($"Activation(Activation.Swish, Name = \"{name}_activation\")");

    /// <summary>Keras's <c>correct_pad</c>: what an odd kernel with a stride of 2 reads around a map, one less before an even one.</summary>
    private static string Padding(int size, int kernel) => $"{(kernel / 2) - (1 - (size % 2))}, {kernel / 2}, {(kernel / 2) - (1 - (size % 2))}, {kernel / 2}";
}
