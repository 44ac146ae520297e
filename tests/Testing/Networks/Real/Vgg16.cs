namespace Fused.Testing.Networks.Real;

/// <summary>Keras's <c>VGG16</c> (Simonyan and Zisserman 2014, https://arxiv.org/abs/1409.1556): most of its weights are one Dense's, which reads a flattened map.</summary>
internal static class Vgg16
{
    private static readonly (int Filters, int Convolutions)[] Blocks = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)];

    public static RealNetwork Of(int size)
    {
        var layers = new Declaration();
        for (int block = 0; block < Blocks.Length; block++)
        {
            for (int i = 0; i < Blocks[block].Convolutions; i++)
                layers.Add($"Conv2D({Blocks[block].Filters}, 3, Padding = Padding.Same, Activation = Activation.Relu, Name = \"block{block + 1}_conv{i + 1}\")");
            layers.Add($"MaxPooling2D(2, Strides = 2, Name = \"block{block + 1}_pool\")");
        }

        return layers
            .Add("Flatten(Name = \"flatten\")")
            .Add("Dense(4096, Activation = Activation.Relu, Name = \"fc1\")")
            .Add("Dense(4096, Activation = Activation.Relu, Name = \"fc2\")")
            .Add("Dense(1000, Activation = Activation.Softmax, Name = \"predictions\")")
            .On("Vgg16", size);
    }
}
