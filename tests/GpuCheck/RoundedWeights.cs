using Fused.Testing.Data;

namespace Fused.GpuCheck;

/// <summary>
/// Models whose matrices a narrow type holds exactly, so that the CPU, which holds them as float32, and the GPU compute from the
/// same numbers and must agree as well as they do in float32.
/// </summary>
internal static class RoundedWeights
{
    /// <summary>How far apart, as logarithms, the probabilities of the networks lie at least and at most.</summary>
    private const double MinSpread = 1, MaxSpread = 16;

    /// <summary>A model with random weights.</summary>
    public static T Create<T>(WeightType type, ModelKind kind)
        where T : class, IFusedModel<T>
    {
        using var file = new TemporaryFile();
        T.Create(seed: 1).Save(file.Path);
        List<(string Name, int[] Shape, float[] Values)> tensors = [];
        using (TensorFile saved = TensorFile.Open(file.Path))
        {
            foreach (TensorInfo tensor in saved.Tensors)
                tensors.Add((tensor.Name, [.. tensor.Shape], Round(tensor.Name, saved.ReadSingle(tensor.Name), type, kind)));
        }

        Safetensors.Write(file.Path, tensors);
        T model = T.Load(file.Path);
        return kind is ModelKind.Networks ? Spread(model, tensors, file.Path, type) : model;
    }

    /// <summary>
    /// Scales the last kernel until the probabilities of an image differ, and none is 1. What fifty random layers give is anything from
    /// 1e-8 to 1e8, and a softmax of that would hide what is wrong in the maps.
    /// </summary>
    private static T Spread<T>(T model, List<(string Name, int[] Shape, float[] Values)> tensors, string path, WeightType type)
        where T : class, IFusedModel<T>
    {
        float[] image = new Samples(T.InputLength, SampleType.Float32, ModelKind.Networks).Batch(1, value => value);
        float[] kernel = tensors.Single(tensor => tensor.Name == $"{T.Summary.Layers[^1].Name}.kernel").Values;
        double spread = double.NaN;
        for (int attempt = 0; attempt < 20; attempt++)
        {
            float[] probabilities = model.Predict(image);
            spread = Math.Log((double)probabilities.Max() / probabilities.Min());
            if (spread is >= MinSpread and <= MaxSpread)
                return model;

            // A power of two, which changes no digit unless the type's range ends.
            double scale = Math.ScaleB(1, Math.Clamp((int)Math.Round(Math.Log2(4 / spread)), -6, 6));
            for (int i = 0; i < kernel.Length; i++)
                kernel[i] = Rounding.To(type, (float)(kernel[i] * scale));
            Safetensors.Write(path, tensors);
            model = T.Load(path);
        }

        throw new InvalidOperationException($"{typeof(T).Name}: the probabilities stay {spread} apart.");
    }

    /// <summary>
    /// Rounds kernels. A batch normalisation is folded into the kernel beside it, so it scales by a power of two: 1 or, where
    /// the channel is odd, 1/2. Fresh ones are all alike, and would not show whether each meets its channel. In networks it is 2 and 1,
    /// which makes up for what each relu takes; and what is subtracted adds as much elsewhere, so that none of them ends with zeros.
    /// </summary>
    private static float[] Round(string name, float[] values, WeightType type, ModelKind kind)
    {
        // Beside it no layer's epsilon is anything.
        const float Variance = 1 << 20;
        float largest = kind is ModelKind.Networks ? 2 : 1;
        return name[(name.LastIndexOf('.') + 1)..] switch
        {
            "kernel" => [.. values.Select(v => Rounding.To(type, MathF.Round(v * (1 << 18)) / (1 << 18)))],
            "moving_variance" => [.. values.Select((_, c) => Variance * (c % 2 == 0 ? 1 : 4))],
            "gamma" => [.. values.Select(_ => largest * MathF.Sqrt(Variance))],
            "moving_mean" => [.. values.Select((_, c) => ((c % 3) - (kind is ModelKind.Networks ? 1 : 0)) / 4f)],
            _ => values,
        };
    }
}
