using Fused.Testing.Data;

namespace Fused.GpuCheck;

/// <summary>
/// Models whose matrices a narrow type holds exactly, so that the CPU, which holds them as float32, and the GPU compute from the
/// same numbers and must agree as well as they do in float32.
/// </summary>
internal static class RoundedWeights
{
    /// <summary>A model with random weights.</summary>
    public static T Create<T>(WeightType type)
        where T : class, IFusedModel<T>
    {
        using var file = new TemporaryFile();
        T.Create(seed: 1).Save(file.Path);
        List<(string Name, int[] Shape, float[] Values)> tensors = [];
        using (TensorFile saved = TensorFile.Open(file.Path))
        {
            foreach (TensorInfo tensor in saved.Tensors)
                tensors.Add((tensor.Name, [.. tensor.Shape], Round(tensor.Name, saved.ReadSingle(tensor.Name), type)));
        }

        Safetensors.Write(file.Path, tensors);
        return T.Load(file.Path);
    }

    /// <summary>
    /// Rounds kernels. A batch normalisation is folded into the kernel beside it, so it scales by a power of two: 1 or, where
    /// the channel is odd, 1/2. Fresh ones are all alike, and would not show whether each meets its channel.
    /// </summary>
    private static float[] Round(string name, float[] values, WeightType type)
    {
        const double Epsilon = 1e-3;
        return name[(name.LastIndexOf('.') + 1)..] switch
        {
            "kernel" => [.. values.Select(v => Rounding.To(type, MathF.Round(v * (1 << 18)) / (1 << 18)))],
            "moving_variance" => [.. values.Select((_, c) => (float)((c % 2 == 0 ? 1 : 4) - Epsilon))],
            "moving_mean" => [.. values.Select((_, c) => c % 3 / 4f)],
            _ => values,
        };
    }
}
