using Fused.Gpu.Tests.Compiling;
using Fused.Testing.Compiling;

namespace Fused.Gpu.Tests.Executors;

/// <summary>The model's own Predict, on the CPU: shows that the suite passes what is right, without a GPU's part in it.</summary>
internal sealed class CpuPathExecutor : IGpuExecutor
{
    public string Name => "CPU path";

    public string? Unavailable => null;

    public long Capacity => 20_000_000;

    public IGpuRun Load(LoadedNetwork network, WeightType weights) => new Run(network.Model);

    /// <summary>Values arrive rounded, so the types make no difference to what is computed in float32.</summary>
    private sealed class Run(IModel model) : IGpuRun
    {
        public float[] Predict(float[] input, int samples, WeightType features) => model.Predict(input);

        public void Dispose()
        {
        }
    }
}
