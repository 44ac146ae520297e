using System.Collections.Immutable;
using Fused.Generator.Computing;
using Fused.Generator.IR;

namespace Fused.Generator.Planning.Gpu;

/// <summary>All that is generated for GPUs.</summary>
/// <param name="InputWidth">Values that the kernels load from the input at a time: 4, or 1 where the input's shape does not allow it.</param>
/// <param name="Weights">What is made of the loaded tensors.</param>
/// <param name="Matrices">How each weight matrix is packed, by its buffer's name.</param>
/// <param name="Exact">The names of the matrices that are stored as float32, however others are: those of no product, and those that are read by single values.</param>
/// <param name="Schedules">By the largest number of samples that they are for.</param>
internal sealed record GpuPlan(
    int InputWidth,
    ImmutableArray<PreparedWeights> Weights,
    ImmutableDictionary<string, WeightLayout> Matrices,
    ImmutableHashSet<string> Exact,
    ImmutableArray<GpuSchedule> Schedules)
{
    /// <summary>Whether a device stores a buffer as it is told to store matrices.</summary>
    public bool IsMatrix(Buffer buffer) => Matrices.ContainsKey(buffer.Name) && !Exact.Contains(buffer.Name);

    /// <summary>All schedules' kernels, those that several have once.</summary>
    public IEnumerable<GpuKernel> Kernels =>
        Schedules.SelectMany(s => s.Kernels).GroupBy(k => k.Kernel.Name, StringComparer.Ordinal).Select(g => g.First());
}

/// <summary>
/// Kernels launched one after the other for batches of up to <paramref name="MaxSamples"/>, and for any where a device refuses
/// other schedules.
/// </summary>
/// <param name="Name">What it does, for people.</param>
internal sealed record GpuSchedule(string Name, int MaxSamples, ImmutableArray<GpuKernel> Kernels);

/// <summary>A kernel with the shape of its launch.</summary>
internal sealed record GpuKernel(Kernel Kernel, Grid Grid);
