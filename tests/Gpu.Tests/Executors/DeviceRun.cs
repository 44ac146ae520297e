using Fused.Gpu.Tests.Numerics;

namespace Fused.Gpu.Tests.Executors;

/// <summary>A model on a device of ILGPU's, run through the calls that users make.</summary>
/// <param name="model">The model, which is disposed of.</param>
/// <param name="owned">What is disposed of after it.</param>
internal sealed class DeviceRun(GpuModel model, IDisposable? owned = null) : IGpuRun
{
    public float[] Predict(float[] input, int samples, WeightType features)
    {
        var output = new float[samples * model.OutputLength];
        switch (features)
        {
            case WeightType.Float32:
                model.Predict(input, output);
                break;
            case WeightType.Float16:
                model.Predict(Rounding.ToHalf(input), output);
                break;
            default:
                model.Predict(Rounding.ToBFloat16(input), output);
                break;
        }

        // Another kernel has taken over, and what the suite is to show of this one is not shown.
        Assert.Empty(model.Refusals);
        return output;
    }

    public void Dispose()
    {
        model.Dispose();
        owned?.Dispose();
    }
}
