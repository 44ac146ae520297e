using System.Collections.Immutable;
using Fused.Testing.Data;

namespace Fused.Benchmarks.Heads;

/// <summary>The weights of one Dense layer.</summary>
/// <param name="Inputs">The rows of the kernel.</param>
/// <param name="Outputs">The columns of the kernel.</param>
/// <param name="Kernel">The matrix, (inputs, outputs).</param>
/// <param name="Bias">A number an output.</param>
internal sealed record DenseWeights(int Inputs, int Outputs, float[] Kernel, float[] Bias)
{
    /// <summary>The kernel as (outputs, inputs).</summary>
    public float[] Transposed()
    {
        var transposed = new float[Kernel.Length];
        for (int i = 0; i < Inputs; i++)
        {
            for (int o = 0; o < Outputs; o++)
                transposed[(o * Inputs) + i] = Kernel[(i * Outputs) + o];
        }

        return transposed;
    }

    /// <summary>The layers of a file, by Keras's names. The biases are random, as zeros would not show whether they are added.</summary>
    public static ImmutableArray<DenseWeights> Read(string path, int inputs, ImmutableArray<int> widths, int seed)
    {
        using TensorFile file = TensorFile.Open(path);
        var random = new Random(seed);
        var layers = ImmutableArray.CreateBuilder<DenseWeights>();
        foreach (int width in widths)
        {
            float[] bias = [.. Enumerable.Range(0, width).Select(_ => random.NextSingle() - 0.5f)];
            layers.Add(new DenseWeights(inputs, width, file.ReadSingle($"{Name(layers.Count)}.kernel"), bias));
            inputs = width;
        }

        return layers.ToImmutable();
    }

    /// <summary>Writes layers as <see cref="Read"/> reads them.</summary>
    public static void Write(string path, ImmutableArray<DenseWeights> layers) =>
        Safetensors.Write(path, layers.SelectMany((layer, index) => new (string, int[], float[])[]
        {
            ($"{Name(index)}.kernel", [layer.Inputs, layer.Outputs], layer.Kernel),
            ($"{Name(index)}.bias", [layer.Outputs], layer.Bias),
        }));

    private static string Name(int index) => index == 0 ? "dense" : $"dense_{index}";
}
