using static Fused.Testing.Networks.Real.Declaration;

namespace Fused.Testing.Networks.Real;

/// <summary>
/// torchvision's <c>resnet18</c> (He et al. 2015, https://arxiv.org/abs/1512.03385): PyTorch's paddings, which are the same at all edges, and
/// logits as the output.
/// </summary>
internal static class ResNet18
{
    private static readonly int[] Stages = [64, 128, 256, 512];

    public static RealNetwork Of(int size)
    {
        Declaration layers = new Declaration()
            .Add("Conv2D(64, 7, Strides = 2, PaddingTop = 3, PaddingLeft = 3, PaddingBottom = 3, PaddingRight = 3, UseBias = false, Name = \"conv1\")")
            .Add(Normalisation("bn1"))
            .Add("Activation(Activation.Relu, Name = \"relu\")")
            .Add("MaxPooling2D(3, Strides = 2, PaddingTop = 1, PaddingLeft = 1, PaddingBottom = 1, PaddingRight = 1, Name = \"maxpool\")");
        string before = "maxpool";
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            for (int i = 0; i < 2; i++)
                before = Block(layers, $"layer{stage + 1}.{i}", before, Stages[stage], strides: stage > 0 && i == 0 ? 2 : 1);
        }

        return layers.Add("GlobalAveragePooling2D(Name = \"avgpool\")").Add("Dense(1000, Name = \"fc\")").On("ResNet18", size);
    }

    /// <summary>Two convolutions, and their input added to them; through a convolution where it has another shape.</summary>
    private static string Block(Declaration layers, string name, string before, int filters, int strides)
    {
        string shortcut = before;
        if (strides == 2)
        {
            shortcut = $"{name}.downsample.1";
            layers.Add($"Conv2D({filters}, 1, Strides = 2, UseBias = false{Placed($"{name}.downsample.0", before)})").Add(Normalisation(shortcut));
        }

        layers
            .Add(Convolution($"{name}.conv1", filters, strides, before))
            .Add(Normalisation($"{name}.bn1"))
            .Add($"Activation(Activation.Relu{Placed($"{name}.relu1")})")
            .Add(Convolution($"{name}.conv2", filters, 1, null))
            .Add(Normalisation($"{name}.bn2"))
            .Add($"Add(\"{shortcut}\"{Placed($"{name}.add")})")
            .Add($"Activation(Activation.Relu{Placed($"{name}.relu")})");
        return $"{name}.relu";
    }

    private static string Convolution(string name, int filters, int strides, string? from) =>
        $"Conv2D({filters}, 3, Strides = {strides}, PaddingTop = 1, PaddingLeft = 1, PaddingBottom = 1, PaddingRight = 1, UseBias = false{Placed(name, from)})";

    private static string Normalisation(string name) => $"BatchNormalization(Epsilon = 1e-5, Name = \"{name}\")";
}
