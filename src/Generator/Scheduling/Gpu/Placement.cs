using Fused.Generator.IR;

namespace Fused.Generator.Scheduling.Gpu;

/// <summary>
/// Puts the stages of one sample where a grid of blocks computes them: for the samples of the block's tile, and with what only
/// the block itself needs in its shared memory.
/// </summary>
/// <param name="grid">The grid.</param>
/// <param name="shared">The buffers that lie in shared memory; none if left out.</param>
internal sealed class Placement(Grid grid, ISet<string>? shared = null) : Rewriter
{
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

    public Stage Run(Stage stage)
    {
        stage = stage with { Axes = [.. stage.Axes.Select(a => a.Name == WideProduct.Sample ? a with { Extent = grid.Rows } : a)] };

        // A product keeps the axis of its outputs, however few they are.
        int outputs = Loads.HaveWeights(stage) ? stage.Axes.Length - 1 : -1;
        stage = stage.Axes.Where((axis, i) => axis.Extent == 1 && i != outputs).Aggregate(stage, (rest, unit) => rest.Without(unit));
        return stage with
        {
            Reductions = [.. stage.Reductions.Select(r => r with { Body = Rewrite(r.Body) })],
            Writes = [.. stage.Writes.Select(w => new Write(Place(w.Target), grid.Place(Place(w.Target), w.Index), Rewrite(w.Value)))],
        };
    }

    public override Expr Rewrite(Expr expr)
    {
        if (expr is Load load)
        {
            Buffer placed = Place(load.Buffer);
            return new Load(placed, grid.Place(placed, load.Index), load.Lanes);
        }

        return base.Rewrite(expr);
    }

    private Buffer Place(Buffer buffer)
    {
        Buffer placed = shared?.Contains(buffer.Name) == true ? buffer with { Scope = BufferScope.Shared } : buffer;
        return placed != buffer || Grid.IsPerSample(buffer) ? placed with { Length = checked(buffer.Pitch * grid.Rows) } : buffer;
    }
}
