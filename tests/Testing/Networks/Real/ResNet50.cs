using static Fused.Testing.Networks.Real.Declaration;

namespace Fused.Testing.Networks.Real;

/// <summary>
/// Keras's <c>ResNet50</c>, the first version (He et al. 2015, https://arxiv.org/abs/1512.03385): bottlenecks whose first convolution has the
/// stride, convolutions with biases.
/// </summary>
internal static class ResNet50
{
    private static readonly (int Filters, int Blocks)[] Stages = [(64, 3), (128, 4), (256, 6), (512, 3)];

    public static RealNetwork Of(int size)
    {
        Declaration layers = new Declaration()
            .Add("ZeroPadding2D(3, Name = \"conv1_pad\")")
            .Add("Conv2D(64, 7, Strides = 2, Name = \"conv1_conv\")")
            .Add(Normalisation("conv1_bn"))
            .Add("Activation(Activation.Relu, Name = \"conv1_relu\")")
            .Add("ZeroPadding2D(1, Name = \"pool1_pad\")")
            .Add("MaxPooling2D(3, Strides = 2, Name = \"pool1_pool\")");
        string before = "pool1_pool";
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            for (int i = 0; i < Stages[stage].Blocks; i++)
                before = Block(layers, $"conv{stage + 2}_block{i + 1}", before, Stages[stage].Filters, stage > 0 && i == 0 ? 2 : 1, hasShortcut: i == 0);
        }

        return layers
            .Add("GlobalAveragePooling2D(Name = \"avg_pool\")")
            .Add("Dense(1000, Activation = Activation.Softmax, Name = \"predictions\")")
            .On("ResNet50", size);
    }

    private static string Block(Declaration layers, string name, string before, int filters, int strides, bool hasShortcut)
    {
        if (hasShortcut)
            layers.Add($"Conv2D({4 * filters}, 1, Strides = {strides}{Placed($"{name}_0_conv", before)})").Add(Normalisation($"{name}_0_bn"));

        layers
            .Add($"Conv2D({filters}, 1, Strides = {strides}{Placed($"{name}_1_conv", before)})")
            .Add(Normalisation($"{name}_1_bn"))
            .Add($"Activation(Activation.Relu{Placed($"{name}_1_relu")})")
            .Add($"Conv2D({filters}, 3, Padding = Padding.Same{Placed($"{name}_2_conv")})")
            .Add(Normalisation($"{name}_2_bn"))
            .Add($"Activation(Activation.Relu{Placed($"{name}_2_relu")})")
            .Add($"Conv2D({4 * filters}, 1{Placed($"{name}_3_conv")})")
            .Add(Normalisation($"{name}_3_bn"))
            .Add($"Add(\"{(hasShortcut ? $"{name}_0_bn" : before)}\", \"{name}_3_bn\"{Placed($"{name}_add")})")
            .Add($"Activation(Activation.Relu{Placed($"{name}_out")})");
        return $"{name}_out";
    }

    private static string Normalisation(string name) => $"BatchNormalization(Epsilon = 1.001e-5, Name = \"{name}\")";
}
