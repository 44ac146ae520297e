using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Lowering.Gpu;

/// <summary>
/// Shares out the iterations of a stage's thread loops, which stand outside all others, among the threads of a block, or of all blocks
/// of a tile: neighbouring threads take neighbouring iterations of the innermost one. What has no such loop is one thread's work.
/// </summary>
internal static class MapThreads
{
    private const string Item = "item";

    /// <param name="stage">The stage's loops, after comments.</param>
    /// <param name="ofAllBlocks">Whether all blocks of the tile share them.</param>
    public static Stmt Run(Stmt stage, bool ofAllBlocks = false)
    {
        ImmutableArray<Stmt> steps = stage is Block block ? block.Steps : [stage];
        int start = steps.TakeWhile(s => s is Comment).Count();
        Stmt work = steps.Length == start + 1 ? steps[start] : new Block(steps.RemoveRange(0, start));
        return new Block([.. steps.Take(start), Share(work) with { OfAllBlocks = ofAllBlocks }]);
    }

    private static Threads Share(Stmt work)
    {
        var loops = new List<For>();
        Stmt body = work;
        while (body is For { Kind: LoopKind.Thread } loop)
        {
            loops.Add(loop);
            body = loop.Body;
        }

        if (loops.Count == 1 && loops[0] is { Start: 0, Step: 1 } only)
        {
            return new Threads(only.Variable, only.Count, body);
        }

        var defines = new List<Stmt>();
        int divisor = 1;
        foreach (For loop in Enumerable.Reverse(loops))
        {
            defines.Insert(0, new Define(loop.Variable, Affine.Variable(Item), divisor, loop.Iterations, loop.Start, loop.Step));
            divisor = checked(divisor * loop.Iterations);
        }

        return new Threads(Item, divisor, body is Block inner ? new Block([.. defines, .. inner.Steps]) : new Block([.. defines, body]));
    }
}
