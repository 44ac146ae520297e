using Fused.CompilerServices;
using Fused.Gpu.Tests.Compiling;
using Fused.Gpu.Tests.Ptx;
using Fused.Testing.Networks;
using ILGPU.Runtime.Cuda;

namespace Fused.Gpu.Tests.Executors;

/// <summary>The PTX that NVIDIA's driver would get, on an interpreter that checks every access and every barrier.</summary>
/// <param name="architecture">What the PTX is made for.</param>
/// <param name="networks">Which networks it runs, of those that it is not too slow for.</param>
internal sealed class PtxExecutorAdapter(CudaArchitecture architecture, IEnumerable<Network> networks) : IGpuExecutor
{
    public string Name => $"PTX for {architecture}";

    public string? Unavailable => null;

    public long Capacity => 500_000;

    public bool Takes(Network network) => network.Operations <= Capacity && networks.Contains(network);

    public IGpuRun Load(LoadedNetwork network, WeightType weights) => new Run(network.Gpu.CreateGpuProgram(), weights, architecture);

    private sealed class Run(GpuProgram program, WeightType weights, CudaArchitecture architecture) : IGpuRun
    {
        private readonly Dictionary<WeightType, PtxExecutor> _executors = [];

        public float[] Predict(float[] input, int samples, WeightType features)
        {
            if (samples == 0)
            {
                return []; // The interpreter launches kernels, and for no samples there is none to launch.
            }

            if (!_executors.TryGetValue(features, out PtxExecutor? executor))
            {
                executor = new PtxExecutor(program, features, weights, architecture);
                _executors.Add(features, executor);
            }

            return executor.Run(input).Output;
        }

        public void Dispose()
        {
        }
    }
}
