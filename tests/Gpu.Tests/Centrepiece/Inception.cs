using System.Collections.Concurrent;
using Fused.CompilerServices;
using Fused.Gpu.Tests.Compiling;
using Fused.Gpu.Tests.Numerics;
using Fused.Gpu.Tests.Ptx;
using Fused.Testing.Networks;
using ILGPU.Runtime.Cuda;

namespace Fused.Gpu.Tests.Centrepiece;

/// <summary>The network that the schedules were made for: features of InceptionV3, pooled, to a thousand classes.</summary>
internal static class Inception
{
    /// <summary>What the samples are drawn from: whatever a kernel does, it does whatever the values are.</summary>
    public const int DistinctSamples = 3;

    /// <summary>Samples after which all launches repeat themselves: a multiple of what any block takes.</summary>
    private const int Tile = 32;

    private static readonly ConcurrentDictionary<(int Samples, string Schedule), Lazy<PtxRun>> Runs = new();

    private static readonly Lazy<float[][]> Distinct =
        new(() => [.. Enumerable.Range(0, DistinctSamples).Select(n => Network!.RandomSamples(1, seed: n))]);

    /// <summary>The network.</summary>
    public static Network Network { get; } = GpuNetworks.Named("Inception");

    /// <summary>Its weights.</summary>
    public static Dictionary<string, float[]> Weights { get; } = Rounding.Weights(Network, WeightType.Float32, seed: 1);

    /// <summary>Its program.</summary>
    public static GpuProgram Program { get; } =
        GpuCompiler.GpuModelOf(GpuCompiler.Compile([Network])(Network).Load(Network, Weights)).CreateGpuProgram();

    /// <summary>Every kernel, by its name.</summary>
    public static IEnumerable<string> Kernels => Program.Schedules.SelectMany(s => s.Launches).Select(l => l.Kernel).Distinct();

    /// <summary>One of the samples that runs repeat.</summary>
    public static float[] Sample(int n) => Distinct.Value[n % DistinctSamples];

    /// <summary>The PTX of a kernel.</summary>
    public static string Ptx(
        string kernel, WeightType features = WeightType.Float32, WeightType weights = WeightType.Float32, CudaArchitecture? architecture = null) =>
        new PtxExecutor(Program, features, weights, architecture).Ptx(kernel);

    /// <summary>
    /// What the launches for a number of samples execute. Many are counted on one tile of them and on two, and the difference is
    /// taken as often as there are tiles: the values of samples steer nothing, and all tiles are full.
    /// </summary>
    public static IReadOnlyList<PtxLaunchResult> Counts(int samples)
    {
        string schedule = Program.ScheduleFor(samples).Name;
        if (samples <= 2 * Tile)
        {
            return Run(samples, schedule).Launches;
        }

        Assert.Equal(0, samples % Tile);
        return
        [
            .. Run(Tile, schedule).Launches.Zip(Run(2 * Tile, schedule).Launches, (one, two) =>
                new PtxLaunchResult(one.Kernel, Extrapolation.Of(one.Counts, two.Counts, samples / Tile))),
        ];
    }

    /// <summary>A number of samples by a schedule.</summary>
    public static PtxRun Run(int samples, string schedule)
    {
        return Runs.GetOrAdd((samples, schedule), _ => new(Execute)).Value;

        PtxRun Execute()
        {
            float[] input = new float[samples * Network.Input.Length];
            for (int n = 0; n < samples; n++)
            {
                Sample(n).CopyTo(input, n * Network.Input.Length);
            }

            return new PtxExecutor(Program, WeightType.Float32, WeightType.Float32).Run(input, schedule: schedule);
        }
    }
}
