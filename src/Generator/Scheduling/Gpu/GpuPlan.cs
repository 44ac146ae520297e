using System.Collections.Immutable;
using Fused.Generator.Fusion;
using Fused.Generator.IR;

namespace Fused.Generator.Scheduling.Gpu;

/// <summary>All that is generated for GPUs.</summary>
/// <param name="InputWidth">Values that the kernels load from the input at a time: 4, or 1 where the input's shape does not allow it.</param>
/// <param name="Weights">What is made of the loaded tensors.</param>
/// <param name="Matrices">How each weight matrix is packed, by its buffer's name.</param>
/// <param name="Schedules">By the largest number of samples that they are for.</param>
internal sealed record GpuPlan(
    int InputWidth, ImmutableArray<PreparedWeights> Weights, ImmutableDictionary<string, WeightLayout> Matrices, ImmutableArray<GpuSchedule> Schedules)
{
    /// <summary>Each kernel once, in order of appearance.</summary>
    public IEnumerable<GpuKernel> Kernels => Schedules.SelectMany(s => s.Kernels).GroupBy(k => k.Kernel.Name).Select(g => g.First());
}

/// <summary>Kernels launched one after the other for batches of up to <paramref name="MaxSamples"/>.</summary>
/// <param name="Name">What it does, for people.</param>
internal sealed record GpuSchedule(string Name, int MaxSamples, ImmutableArray<GpuKernel> Kernels);

/// <summary>A kernel with the shape of its launch.</summary>
internal sealed record GpuKernel(Kernel Kernel, Grid Grid);

/// <summary>The blocks and threads that execute a kernel.</summary>
/// <param name="Blocks">Blocks that share the work on one tile of samples, in x.</param>
/// <param name="Rows">Samples in a tile; there is a row of blocks in y for each tile.</param>
/// <param name="Threads">Threads of a block.</param>
internal sealed record Grid(int Blocks, int Rows, int Threads)
{
    /// <summary>The variable that counts the blocks of a tile.</summary>
    public const string Block = "block";

    /// <summary>The variable that counts the tiles; with one sample in each, it counts the samples.</summary>
    public const string Tile = "tile";

    /// <summary>The variable that counts the threads of a block.</summary>
    public const string Thread = "thread";

    /// <summary>The number of a tile's first sample.</summary>
    public Affine FirstSample => Affine.Variable(Tile) * Rows;

    /// <summary>
    /// Whether a buffer has a row for each sample of the batch, so that its length is known at run time only. The row of an index is
    /// made of what moves by whole rows.
    /// </summary>
    public static bool IsPerSample(Buffer buffer) =>
        buffer.Scope is BufferScope.Input or BufferScope.Output or BufferScope.Scratch or BufferScope.Counters;

    /// <summary>An index into a buffer that has a row for each sample, as the row and the place in it.</summary>
    public static (Affine Row, Affine Place) Split(Buffer buffer, Affine index)
    {
        int pitch = buffer.Pitch;
        var row = Affine.Constant(index.Offset / pitch);
        var place = Affine.Constant(index.Offset % pitch);
        foreach (var (variable, coefficient) in index.Terms)
        {
            if (coefficient % pitch == 0)
            {
                row += Affine.Variable(variable) * (coefficient / pitch);
            }
            else
            {
                place += Affine.Variable(variable) * coefficient;
            }
        }

        return (row, place);
    }
}
