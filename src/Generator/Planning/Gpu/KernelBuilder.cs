using System.Collections.Immutable;
using Fused.Generator.IR;
using Fused.Generator.Lowering;
using Fused.Generator.Lowering.Gpu;
using Fused.Generator.Rewrites.Gpu;
using Fused.Generator.Scheduling.Gpu;

namespace Fused.Generator.Planning.Gpu;

/// <summary>Which steps of a stage know that a tile of samples may reach beyond the batch.</summary>
internal enum SampleGuard
{
    /// <summary>None: there is one sample in a tile, or none is touched.</summary>
    None,

    /// <summary>Those that read samples; what is computed of a sample that does not exist is 0.</summary>
    Reads,
}

/// <summary>
/// Puts stages one after the other into a kernel, with a barrier where one needs what other threads made, or writes what others
/// may still read.
/// </summary>
internal sealed class KernelBuilder(Grid grid)
{
    private readonly List<Stmt> _steps = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WeightLayout> _matrices = new(StringComparer.Ordinal);

    /// <summary>Builds a kernel with as many of some buffers in its shared memory as fit beside what the kernel needs of it anyhow.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="buffers">Buffers with a row for each sample, which only the block itself needs.</param>
    /// <param name="build">Adds the kernel's stages, placed.</param>
    public static KernelBuilder Fit(Grid grid, IEnumerable<Buffer> buffers, Action<KernelBuilder, Placement> build)
    {
        // The smallest first. Which partial results a kernel has is known once its stages are scheduled.
        List<Buffer> placed = [.. buffers.Distinct().OrderBy(b => b.Pitch).ThenBy(b => b.Name, StringComparer.Ordinal)];
        while (true)
        {
            var builder = new KernelBuilder(grid);
            build(builder, new Placement(grid, new HashSet<string>(placed.Select(b => b.Name), StringComparer.Ordinal)));
            long tooMany = builder.SharedFloats - Grid.SharedFloats;
            if (tooMany <= 0 || placed.Count == 0)
            {
                return builder;
            }

            for (; tooMany > 0 && placed.Count > 0; placed.RemoveAt(placed.Count - 1))
            {
                tooMany -= (long)placed[placed.Count - 1].Pitch * grid.Rows;
            }
        }
    }

    /// <summary>Floats of shared memory that the kernel needs.</summary>
    public long SharedFloats => Buffers.Of(Body).Where(b => b.Scope == BufferScope.Shared).Sum(b => (long)b.Length);

    private Block Body => new([.. _steps.SelectMany(s => s is Block block ? block.Steps : [s])]);

    /// <summary>Adds how the kernel's weight matrices are packed, which all kernels must want alike.</summary>
    public void MergeMatrices(IDictionary<string, WeightLayout> matrices)
    {
        foreach (var matrix in _matrices)
        {
            if (matrices.TryGetValue(matrix.Key, out WeightLayout other) && other != matrix.Value)
            {
                throw new InvalidOperationException($"Two schedules pack {matrix.Key} differently.");
            }

            matrices[matrix.Key] = matrix.Value;
        }
    }

    /// <summary>Makes an index of the block's.</summary>
    public void Define(Define define) => _steps.Add(define);

    /// <summary>Adds stages one after the other.</summary>
    public void Add(IEnumerable<ScheduledStage> stages, SampleGuard guard = SampleGuard.None)
    {
        foreach (ScheduledStage stage in stages)
        {
            Add(stage, Lowered(stage, guard));
        }
    }

    /// <summary>Adds a stage whose results all blocks share out, and which no other of the kernel needs.</summary>
    public void AddSpread(ScheduledStage scheduled)
    {
        _steps.Add(MapThreads.Run(GpuLower.Stage(LowerStage.Run(scheduled.Stage, scheduled.Schedule)), ofAllBlocks: true));
        NoteMatrices(scheduled);
    }

    /// <summary>Adds a stage whose weights are loaded where the kernel begins, if its threads have the registers for that.</summary>
    public void AddWithEarlyWeights(ScheduledStage scheduled)
    {
        Stmt lowered = Lowered(scheduled, SampleGuard.None);
        var matrices = new HashSet<string>(Loads.Of(scheduled.Stage).OfType<WeightLoad>().Select(l => l.Buffer.Name), StringComparer.Ordinal);
        if (Early(lowered, buffer => matrices.Contains(buffer.Name)) is not { } early)
        {
            Add(scheduled, lowered);
            return;
        }

        _steps.InsertRange(0, [new Comment("The weights are under way while the features are reduced."), .. early.Registers, early.Loads]);
        Add(scheduled, new Block([.. Comments(lowered), early.Work]));
    }

    public void Add(LoweredStage lowered) => Add(lowered.Scheduled, lowered.Steps);

    /// <summary>Adds steps of a stage that have been shared out among the threads.</summary>
    public void Add(ScheduledStage scheduled, Stmt lowered)
    {
        Stage stage = scheduled.Stage;
        ImmutableArray<Expr> loads = [.. Loads.Of(stage)];
        Synchronize(
            [.. loads.OfType<Load>().Where(l => IsShared(l.Buffer)).Select(l => l.Buffer.Name)],
            [.. stage.Writes.Where(w => IsShared(w.Target)).Select(w => w.Target.Name)]);
        _steps.Add(lowered);
        NoteMatrices(scheduled);
    }

    /// <summary>Adds steps that touch nothing that threads share.</summary>
    public void AddPrivate(IEnumerable<Stmt> steps) => _steps.AddRange(steps);

    /// <summary>Adds a loop that all threads take together.</summary>
    public void AddLoop(string variable, int count, Action<KernelBuilder> steps)
    {
        var inside = new KernelBuilder(grid);
        steps(inside);
        inside.MergeMatrices(_matrices);

        // Its first step may need what was made before, its first turn what the last one made.
        Barrier();
        inside.Barrier();
        _steps.Add(new For(variable, variable, 0, count, 1, LoopKind.Serial, RoundUp: false, inside.Body));
    }

    /// <summary>What only the last of some blocks does, which sees all that they wrote.</summary>
    public void AddLast(Buffer counters, Affine index, int blocks, Action<KernelBuilder> steps)
    {
        var last = new KernelBuilder(grid);
        steps(last);
        last.MergeMatrices(_matrices);
        _steps.Add(new LastBlock(counters, grid.Place(counters, index), blocks, last.Body));
        _read.Clear();
        _written.Clear();
    }

    public GpuKernel Build(string name, string summary) =>
        new(GpuLower.Run(new Kernel(name, summary, Buffers.Of(Body), Body), grid), grid);

    private void NoteMatrices(ScheduledStage scheduled)
    {
        foreach (WeightLoad load in Loads.Of(scheduled.Stage).OfType<WeightLoad>())
        {
            _matrices[load.Buffer.Name] = scheduled.Schedule.Weights;
        }
    }

    private void Synchronize(ImmutableArray<string> reads, ImmutableArray<string> writes)
    {
        if (reads.Any(_written.Contains) || writes.Any(w => _written.Contains(w) || _read.Contains(w)))
        {
            Barrier();
        }

        _read.UnionWith(reads);
        _written.UnionWith(writes);
    }

    private void Barrier()
    {
        if (_read.Count + _written.Count > 0)
        {
            _steps.Add(new IR.Barrier());
            _read.Clear();
            _written.Clear();
        }
    }

    private Stmt Lowered(ScheduledStage scheduled, SampleGuard guard)
    {
        Affine? sample = guard == SampleGuard.None ? null : grid.FirstSample + Affine.Variable(AxisNames.Sample);
        return MapThreads.Run(GpuLower.Stage(LowerStage.Run(scheduled.Stage, scheduled.Schedule, sample)));
    }

    private EarlyLoads? Early(Stmt lowered, Func<Buffer, bool> which) =>
        lowered is Block block && block.Steps.OfType<Threads>().SingleOrDefault() is { } step
            ? LoadEarly.Run(step, grid.Threads, which)
            : null;

    private static IEnumerable<Stmt> Comments(Stmt lowered) => lowered is Block block ? block.Steps.TakeWhile(s => s is Comment) : [];

    /// <summary>Whether one thread may read what another one wrote.</summary>
    private static bool IsShared(Buffer buffer) => buffer.Scope is BufferScope.Shared or BufferScope.Scratch or BufferScope.Output;
}
