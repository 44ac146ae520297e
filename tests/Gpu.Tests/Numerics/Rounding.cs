using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Numerics;

/// <summary>
/// Values that narrow types hold exactly. With them a model with narrow weights or features computes from the very numbers
/// that the float64 reference has, so that it is held to float32's tolerance: a wrong bit of a conversion shows.
/// </summary>
internal static class Rounding
{
    /// <summary>The nearest values of a type.</summary>
    public static float[] To(WeightType type, float[] values) => type switch
    {
        WeightType.Float16 => [.. values.Select(v => (float)(Half)v)],
        WeightType.BFloat16 => [.. values.Select(v => (float)(BFloat16)v)],
        _ => values,
    };

    public static Half[] ToHalf(float[] values) => [.. values.Select(v => (Half)v)];

    public static BFloat16[] ToBFloat16(float[] values) => [.. values.Select(v => (BFloat16)v)];

    /// <summary>
    /// Random weights whose matrices the type holds exactly, also when batch normalisations have been folded into them: these
    /// scale by 1/2, 1 or 2, and kernels are multiples of 2^-18, which leaves a float16 room for four halvings above its
    /// smallest number, 2^-24. All else is stored as float32.
    /// </summary>
    public static Dictionary<string, float[]> Weights(Network network, WeightType type, int seed)
    {
        Dictionary<string, float[]> weights = network.RandomWeights(seed);
        if (type == WeightType.Float32)
        {
            return weights;
        }

        foreach (var (name, layer, tensor) in network.WeightTensors)
        {
            float[] values = weights[name];
            weights[name] = tensor.Role switch
            {
                _ when tensor.IsKernel => [.. To(type, values).Select(v => MathF.Round(v * (1 << 18)) / (1 << 18))],
                "gamma" => [.. values.Select(v => MathF.CopySign(Math.Abs(v) < 0.75f ? 1 : 2, v))],
                "moving_variance" => [.. values.Select(v => (float)((v < 1 ? 1 : 4) - ((BatchNormalization)layer).Epsilon))],
                _ => values,
            };
        }

        return weights;
    }
}
